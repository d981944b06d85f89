"""One word, five rooms: a function's folder, block, role, log group and variables."""

import re

from described import FUNCTION, folders, kebab, named, source

# Each line of main.rs asks for variables by these names; what they are called outside stands in config.rs.
CONFIG = "shared/edge/src/config.rs"
ASKED = re.compile(r"(?:\bvariables\.|\bVariables::)([a-z_]+)")
DEFINED = re.compile(r"pub fn ([a-z_]+)\(&self\)[^{]*\{(.*?)\n    \}", re.S)
NAME = re.compile(r'"([A-Z][A-Z_]+)"')
# A function that a route leads to answers within what the gateway waits for.
GATEWAY_SECS = 29


def names(stack):
    """Each folder has a block of its name, and each block a folder."""
    blocks = {kebab(name) for name in stack.of(FUNCTION)}
    yield from (f"functions/{name} has no block in the template" for name in sorted(folders() - blocks))
    yield from (f"{name} has no folder in functions" for name in sorted(blocks - folders()))
    for name, function in stack.of(FUNCTION).items():
        if function["CodeUri"] != f"../../target/lambda/{kebab(name)}/bootstrap.zip":
            yield f"{name}: its code is not the package of its folder"
        if function.get("FunctionName") != {"Fn::Sub": "${AWS::StackName}-" + kebab(name)}:
            yield f"{name}: is called otherwise in the account"


def sizes(stack):
    """Memory and time are chosen, and nobody waits longer than the one before."""
    routed = {name.removesuffix("Integration") for name in stack.of("AWS::ApiGatewayV2::Integration")}
    for name, function in stack.of(FUNCTION).items():
        if not {"MemorySize", "Timeout"} <= function.keys():
            yield f"{name}: memory and timeout are left to the default"
        elif name in routed and function["Timeout"] >= GATEWAY_SECS:
            yield f"{name}: the gateway gives up before it does"
    machine = stack.template["Globals"]["Function"]
    if (machine.get("Runtime"), machine.get("Architectures")) != ("provided.al2023", ["arm64"]):
        yield "functions run on provided.al2023 and arm64"


def variables(stack):
    """What main.rs reads is set, and nothing else."""
    meaning = {name: set(NAME.findall(body)) for name, body in DEFINED.findall(source(CONFIG))}
    for name, function in stack.of(FUNCTION).items():
        main = source(f"functions/{kebab(name)}/src/main.rs") if kebab(name) in folders() else ""
        wanted = set().union(*(meaning[asked] for asked in ASKED.findall(main)))
        if "log_level()" in main:
            wanted |= meaning["log_level"]
        given = set(function["Environment"]["Variables"])
        yield from (f"{name}: {missing} is read but not set" for missing in sorted(wanted - given))
        yield from (f"{name}: {idle} is set but not read" for idle in sorted(given - wanted))


def logs(stack):
    """Each function logs into a group of its own, and no group keeps its lines for ever."""
    groups = stack.of("AWS::Logs::LogGroup")
    for name, function in stack.of(FUNCTION).items():
        if named(function.get("LoggingConfig", {}).get("LogGroup")) != f"{name}Logs":
            yield f"{name}: does not log into {name}Logs"
    for name, group in groups.items():
        if not group.get("RetentionInDays"):
            yield f"{name}: is kept for ever"
    access = stack.properties("Stage").get("AccessLogSettings", {})
    if named(access.get("DestinationArn")) not in groups:
        yield "Stage: requests are not logged"
    if '"host":"$context.authorizer.claims.sub"' not in access.get("Format", ""):
        yield "Stage: the log of requests does not tell which host asked"
    for told in ("claims.email", "claims.username", "sourceIp", "$context.path", "identity", "rawQuery", "querystring", "header"):
        if told in access.get("Format", ""):
            yield f"Stage: the log of requests tells {told}, which names or opens a booking"


def parameters(stack):
    """The table in README.md has every parameter, with its default, and each is described in the template."""
    rows = dict(re.findall(r"^\| `([A-Za-z]+)` \| (.*?) \|", source("infra/sam/README.md"), re.M))
    given = stack.template["Parameters"]
    yield from (f"{name} is not in the table of README.md" for name in sorted(given.keys() - rows.keys()))
    yield from (f"{name} is in the table and no parameter" for name in sorted(rows.keys() - given.keys()))
    for name in sorted(given.keys() & rows.keys()):
        default = given[name].get("Default")
        told = "required" if default is None else f"`{default}`" if default != "" else "none"
        if rows[name] != told:
            yield f"{name}: its default is {told}, and {rows[name]} in the table"
        if not given[name].get("Description"):
            yield f"{name}: nobody says what it is for"
