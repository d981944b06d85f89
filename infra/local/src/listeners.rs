//! Where the program listens: loopback addresses only.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::StartError;

/// The listeners of one port, and the port itself.
pub(crate) struct Front {
    pub(crate) port: u16,
    pub(crate) listeners: Vec<TcpListener>,
}

impl Front {
    /// Listens on `port` of both loopback addresses, so that `localhost` leads here whichever a client tries first.
    pub(crate) async fn bind(port: u16) -> Result<Self, StartError> {
        let refused = |source: io::Error| {
            let taken = source.kind() == ErrorKind::AddrInUse;
            if taken { StartError::PortTaken { port } } else { StartError::Listen { port, source } }
        };
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
        let taken = first.local_addr().map_err(refused)?.port();
        let mut listeners = vec![first];
        match TcpListener::bind((Ipv6Addr::LOCALHOST, taken)).await {
            Ok(second) => listeners.push(second),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port != 0 => return Err(refused(error)),
            // Machines without IPv6 do without it.
            Err(_) => {}
        }
        Ok(Self { port: taken, listeners })
    }
}

/// A free port for something that only this program itself calls, and the address to call it at.
pub(crate) async fn behind() -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    Ok((listener, endpoint))
}
