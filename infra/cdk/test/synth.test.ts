import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { checkout } from "./oracle.js";
import { packages, synth } from "./stack.js";

/** Runs the command line in a home without an account, a region or a name for either. */
function cdkSynth(...options: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), "openslot-cdk-home-"));
  const env = { PATH: process.env.PATH, HOME: home, AWS_EC2_METADATA_DISABLED: "true" };
  const app = ["--app", "node dist/bin/openslot.js", "--output", join(home, "out")];
  const { status, stderr } = spawnSync(
    checkout("node_modules/.bin/cdk"),
    ["synth", "--quiet", "--no-path-metadata", "--no-asset-metadata", ...app, ...options],
    { cwd: checkout("infra/cdk"), env, encoding: "utf8" },
  );
  const read = (stack: string) =>
    JSON.parse(readFileSync(join(home, "out", `${stack}.template.json`), "utf8"));
  return { status, stderr, read, end: () => rmSync(home, { recursive: true }) };
}

test("`cdk synth` needs no account and makes what the construct makes", () => {
  const context = [
    "requestsPerSecond=71",
    "allowedOrigins=https://a.example, https://b.example",
    "stackName=team",
  ];
  const options = [`packages=${packages()}`, ...context].flatMap((said) => ["--context", said]);
  const { status, stderr, read, end } = cdkSynth(...options);
  assert.equal(status, 0, stderr);
  const { template } = synth({
    senderAddress: "meet@example.org",
    requestsPerSecond: 71,
    allowedOrigins: ["https://a.example", "https://b.example"],
  });
  assert.deepEqual(read("team"), template);
  end();
});

test("`cdk synth` says what is wrong", () => {
  const { status, stderr, end } = cdkSynth(
    "--context",
    `packages=${packages()}`,
    "--context",
    "logLevel=loud",
  );
  assert.notEqual(status, 0);
  assert.match(stderr, /logLevel must be one of error, warn, info, debug, trace, and is "loud"/);
  end();
});
