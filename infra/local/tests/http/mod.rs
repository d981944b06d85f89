//! A caller of the running program: one connection per request, no more HTTP than that needs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// Long enough for a busy machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    /// The value of a header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        let named =
            |line: &&str| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        let line = self.head.lines().skip(1).find(named);
        line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }
}

/// Somebody who talks to the program on this port.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    pub port: u16,
}

impl Caller {
    pub fn get(self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    pub fn post(self, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        let all = [&[("Content-Type", "application/json")], headers].concat();
        self.send("POST", path, &all, &body.to_string())
    }

    pub fn send(self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        self.try_send(method, path, headers, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// As [`Caller::send`], where nobody may be there, or go away in the middle.
    pub fn try_send(
        self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Reply> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")?;
        for (name, value) in headers {
            write!(stream, "{name}: {value}\r\n")?;
        }
        write!(stream, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        reply(&bytes).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// `None` when the connection ended before the reply did.
fn reply(bytes: &[u8]) -> Option<Reply> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
    let reply = Reply { status, head, body };
    let length: usize = reply.header("content-length").parse().ok()?;
    (bytes.len() == end + 4 + length).then_some(reply)
}
