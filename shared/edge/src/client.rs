//! Which network address a request came from, and whether it came by the front door.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use openslot_wire::Problem;
use thiserror::Error;

use crate::reply;

const ORIGIN_SECRET: &str = "x-origin-secret";
const VIEWER_ADDRESS: &str = "cloudfront-viewer-address";
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Whom a request is counted for: an IPv4 address, or the /64 of an IPv6 one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client(pub String);

/// Where the client's address stands.
#[derive(Clone)]
pub enum ClientAddress {
    /// In what the distribution says, believed only beside the secret that the distribution adds to each request.
    CloudFront(OriginSecret),
    /// In the connection, or last in `X-Forwarded-For`.
    Direct,
}

/// What the distribution proves itself with. Has no `Debug`.
#[derive(Clone)]
pub struct OriginSecret(String);

/// A text that is no origin secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must have 32 to 256 visible ASCII characters")]
pub struct NotAnOriginSecret;

impl OriginSecret {
    /// The secret, if it is long enough not to be guessed and can stand in a header.
    pub fn new(text: &str) -> Result<Self, NotAnOriginSecret> {
        let fits = (32..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnOriginSecret) }
    }

    /// Takes the same time for every wrong text of the right length.
    fn is(&self, given: &[u8]) -> bool {
        verify_slices_are_equal(self.0.as_bytes(), given).is_ok()
    }
}

/// Lets a request in with its [`Client`], or refuses it.
pub(crate) async fn admit(
    State(address): State<Arc<ClientAddress>>,
    mut request: Request,
    next: Next,
) -> Response {
    match client(&address, &request) {
        Ok(client) => {
            request.extensions_mut().insert(client);
            next.run(request).await
        }
        Err(problem) => reply::problem(&problem),
    }
}

fn client(address: &ClientAddress, request: &Request) -> Result<Client, Problem> {
    let headers = request.headers();
    match address {
        ClientAddress::CloudFront(secret) => behind_cloudfront(secret, headers),
        ClientAddress::Direct => {
            let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
            let found = forwarded_for(headers).or(connection).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
            Ok(Client::of(found))
        }
    }
}

fn behind_cloudfront(secret: &OriginSecret, headers: &HeaderMap) -> Result<Client, Problem> {
    let mut given = headers.get_all(ORIGIN_SECRET).iter();
    let (Some(first), None) = (given.next(), given.next()) else {
        return Err(Problem::forbidden());
    };
    if !secret.is(first.as_bytes()) {
        return Err(Problem::forbidden());
    }
    viewer_address(headers).map(Client::of).ok_or_else(|| {
        tracing::error!("the distribution does not send CloudFront-Viewer-Address");
        Problem::failed()
    })
}

/// The address in `198.51.100.10:46532`, with or without brackets around one of IPv6.
fn viewer_address(headers: &HeaderMap) -> Option<IpAddr> {
    let (address, _port) = headers.get(VIEWER_ADDRESS)?.to_str().ok()?.rsplit_once(':')?;
    address.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// The last address, which the nearest proxy wrote; whoever sent the request could write all others.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

impl Client {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_string()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http;

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn request(headers: &[(&str, &str)]) -> Request {
        let start = http::Request::builder();
        let whole = headers.iter().fold(start, |request, (name, value)| request.header(*name, *value));
        whole.body(Body::empty()).unwrap()
    }

    fn behind(headers: &[(&str, &str)]) -> Result<String, u16> {
        let address = ClientAddress::CloudFront(OriginSecret::new(SECRET).unwrap());
        client(&address, &request(headers)).map(|client| client.0).map_err(|problem| problem.status())
    }

    #[test]
    fn the_viewer_is_believed_only_beside_the_secret() {
        let viewer = (VIEWER_ADDRESS, "198.51.100.10:46532");
        assert_eq!(behind(&[(ORIGIN_SECRET, SECRET), viewer]), Ok("198.51.100.10".to_owned()));
        assert_eq!(behind(&[viewer]), Err(403));
        assert_eq!(behind(&[(ORIGIN_SECRET, ""), viewer]), Err(403));
        assert_eq!(behind(&[(ORIGIN_SECRET, &SECRET[1..]), viewer]), Err(403));
        assert_eq!(behind(&[(ORIGIN_SECRET, "0123456789abcdef0123456789abcdeF"), viewer]), Err(403));
        assert_eq!(behind(&[(ORIGIN_SECRET, SECRET), (ORIGIN_SECRET, SECRET), viewer]), Err(403));
        assert_eq!(behind(&[(ORIGIN_SECRET, SECRET)]), Err(500));
    }

    #[test]
    fn what_a_client_forwards_is_not_believed_behind_the_distribution() {
        let spoofed =
            [(ORIGIN_SECRET, SECRET), (FORWARDED_FOR, "203.0.113.9"), (VIEWER_ADDRESS, "198.51.100.10:1")];
        assert_eq!(behind(&spoofed), Ok("198.51.100.10".to_owned()));
    }

    #[test]
    fn a_subscriber_is_one_client() {
        let viewer = |address: &str| behind(&[(ORIGIN_SECRET, SECRET), (VIEWER_ADDRESS, address)]).unwrap();
        let one = viewer("2001:db8:1:2:aaaa::1:46532");
        assert_eq!(one, "2001:db8:1:2::/64");
        assert_eq!(viewer("[2001:db8:1:2:bbbb::2]:46532"), one);
        assert_ne!(viewer("2001:db8:1:3:aaaa::1:46532"), one);
        assert_eq!(viewer("::ffff:198.51.100.10:46532"), "198.51.100.10");
    }

    #[test]
    fn directly_the_nearest_proxy_or_the_connection_counts() {
        let direct = |mut request: Request| {
            let connection: SocketAddr = "192.0.2.1:5000".parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(connection));
            client(&ClientAddress::Direct, &request).unwrap().0
        };
        assert_eq!(direct(request(&[])), "192.0.2.1");
        assert_eq!(direct(request(&[(FORWARDED_FOR, "203.0.113.9, 198.51.100.7")])), "198.51.100.7");
        let twice = [(FORWARDED_FOR, "203.0.113.9"), (FORWARDED_FOR, "198.51.100.7")];
        assert_eq!(direct(request(&twice)), "198.51.100.7");
        assert_eq!(direct(request(&[(FORWARDED_FOR, "nonsense")])), "192.0.2.1");
    }
}
