"""What stands around a function that is measured: the Lambda Runtime API, and a table that has nothing in it."""

import json
import os
import signal
import socketserver
import ssl
import subprocess
import tempfile
import threading
import time
from pathlib import Path

PATIENCE_SECONDS = 120


class Wire(socketserver.StreamRequestHandler):
    """One connection, request after request. Smaller than `http.server`, whose own work would be much of what is timed."""

    disable_nagle_algorithm = True

    def handle(self):
        while line := self.rfile.readline():
            length = 0
            while (header := self.rfile.readline()) not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            reply = self.server.reply(line.split()[1].decode(), self.rfile.read(length))
            if reply is None:
                return
            headers, body = reply
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            self.wfile.write(f"HTTP/1.1 200 OK\r\n{head}content-length: {len(body)}\r\n\r\n".encode() + body)


class Service(socketserver.ThreadingTCPServer):
    """Listens on a port of its own until it is closed."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Wire)
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """A process that is killed breaks its connections off; whoever waits for its answer says what is wrong."""


class Runtime(Service):
    """Hands out one event, and notes when and how it was answered."""

    def __init__(self, event):
        self.event = event
        self.handed_out = False
        self.answered = threading.Event()
        self.at = self.answer = None
        super().__init__()

    def reply(self, path, body):
        if path.endswith("/invocation/next"):
            if self.handed_out:
                time.sleep(PATIENCE_SECONDS)
                return None
            self.handed_out = True
            return {
                "lambda-runtime-aws-request-id": "8476a536-e9f4-11e8-9739-000000000001",
                "lambda-runtime-deadline-ms": int((time.time() + PATIENCE_SECONDS) * 1000),
                "lambda-runtime-invoked-function-arn": "arn:aws:lambda:us-east-1:000000000000:function:cold",
                "content-type": "application/json",
            }, self.event
        if self.at is None:
            self.at, self.answer = time.perf_counter(), (path.rsplit("/", 1)[-1], body)
            self.answered.set()
        return {"content-type": "application/json"}, b"{}"


class EmptyTable(Service):
    """Finds nothing, whatever is asked. Over TLS if it is given a certificate."""

    def __init__(self, certificate=None):
        self.calls = 0
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)
        super().__init__()

    def get_request(self):
        connection, address = super().get_request()
        return (self.tls.wrap_socket(connection, server_side=True) if self.tls else connection), address

    def reply(self, path, body):
        self.calls += 1
        return {"content-type": "application/x-amz-json-1.0"}, b"{}"


def certificates(folder):
    """A root of its own and a certificate for this machine under it: the paths of both."""
    folder = Path(folder)
    root, key, chain = folder / "root.pem", folder / "root.key", folder / "server.pem"
    (folder / "ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:false\n")
    new = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj"]
    for command in [
        [*new, "/CN=bench root", "-x509", "-days", "2", "-keyout", key, "-out", root],
        [*new, "/CN=localhost", "-keyout", folder / "server.key", "-out", folder / "server.csr"],
        ["openssl", "x509", "-req", "-in", folder / "server.csr", "-CA", root, "-CAkey", key, "-CAcreateserial",
         "-days", "1", "-extfile", folder / "ext", "-out", folder / "server.crt"],
    ]:
        subprocess.run(command, check=True, capture_output=True)
    chain.write_text((folder / "server.crt").read_text() + (folder / "server.key").read_text())
    return root, chain


def timed(program, event, environment):
    """Seconds from spawn to the first answer, and that answer."""
    with Runtime(event) as runtime:
        started = time.perf_counter()
        answer = run([program], runtime, environment)
        return runtime.at - started, answer


def counted(program, event, environment):
    """Instructions from spawn to the first answer, and that answer. Includes loading and linking the program."""
    with Runtime(event) as runtime, tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind.out"
        answer = run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program], runtime, environment)
        totals = [line for line in out.read_text().splitlines() if line.startswith("totals:")]
        return int(totals[0].split()[1]), answer


def run(command, runtime, environment):
    """Starts a process, waits for its first answer, and ends it: what it answered."""
    environment = {**environment, "AWS_LAMBDA_RUNTIME_API": runtime.address}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, close_fds=False)
        try:
            while not runtime.answered.wait(0.5):
                if process.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"{command[-1]} ended: {log.read().decode(errors='replace')}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_SECONDS)
    return runtime.answer


def lambda_environment(**more):
    """What Lambda and the template set, as far as a start needs it."""
    named = {"AWS_LAMBDA_FUNCTION_NAME": "cold", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
             "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512", "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/cold",
             "AWS_LAMBDA_LOG_STREAM_NAME": "cold", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
             "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "ASIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example",
             "AWS_SESSION_TOKEN": "example", "TZ": ":UTC", "PATH": os.environ["PATH"]}
    ours = {"TABLE_NAME": "cold", "KMS_KEY_ID": "alias/cold", "BASE_URL": "https://meet.example.org",
            "SENDER_ADDRESS": "meet@example.org", "SENDER_NAME": "openslot", "SES_CONFIGURATION_SET": "cold",
            "EVENT_BUS_NAME": "cold", "METRICS_NAMESPACE": "cold", "ORIGIN_SECRET": "s" * 32, "LOG_LEVEL": "info"}
    return {**named, **ours, **more}


def request(target):
    """A GET as the gateway hands it over."""
    headers = {"accept": "*/*", "host": "meet.example.org", "x-origin-secret": "s" * 32,
               "cloudfront-viewer-address": "198.51.100.7:46532"}
    http = {"method": "GET", "path": target, "protocol": "HTTP/1.1", "sourceIp": "64.252.0.1", "userAgent": "cold"}
    context = {"accountId": "000000000000", "apiId": "cold", "domainName": "meet.example.org", "domainPrefix": "meet",
               "http": http, "requestId": "cold", "routeKey": "$default", "stage": "$default",
               "time": "22/Nov/2026:09:00:00 +0000", "timeEpoch": 1_795_338_000_000}
    event = {"version": "2.0", "routeKey": "$default", "rawPath": target, "rawQueryString": "", "headers": headers,
             "requestContext": context, "isBase64Encoded": False}
    return json.dumps(event).encode()
