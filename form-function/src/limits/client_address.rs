//! Where the address of a visitor is found. Behind a proxy it is in a header, which without that proxy anybody could write.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, Request};

/// Where the address of a visitor is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClientAddress {
    /// The other end of the connection.
    Peer,
    /// The last entry of `X-Forwarded-For`: what the proxy before us saw. Earlier entries are as the visitor likes.
    XForwardedFor,
    /// `CloudFront-Viewer-Address`, which `CloudFront` sets: an address, a colon and a port.
    CloudFrontViewerAddress,
}

impl ClientAddress {
    /// The address that a request came from, where it is said.
    pub fn of<B>(self, request: &Request<B>) -> Option<IpAddr> {
        match self {
            ClientAddress::Peer => {
                let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
                Some(peer.0.ip())
            }
            ClientAddress::XForwardedFor => {
                let entry = last(request.headers(), "x-forwarded-for")?
                    .rsplit(',')
                    .next()?;
                let entry = entry.trim();
                let with_port = || Some(entry.parse::<SocketAddr>().ok()?.ip());
                entry.parse().ok().or_else(with_port)
            }
            ClientAddress::CloudFrontViewerAddress => {
                let (address, _port) =
                    last(request.headers(), "cloudfront-viewer-address")?.rsplit_once(':')?;
                address.trim_matches(['[', ']']).parse().ok()
            }
        }
    }
}

fn last<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    let values = headers.get_all(HeaderName::from_static(name));
    values.iter().next_back()?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::extract::ConnectInfo;
    use axum::http::Request;

    use super::ClientAddress;

    fn found(place: ClientAddress, headers: &[(&str, &str)]) -> Option<String> {
        let request = headers
            .iter()
            .fold(Request::builder(), |request, (name, value)| {
                request.header(*name, *value)
            });
        let peer: SocketAddr = "192.0.2.1:443".parse().unwrap();
        let request = request.extension(ConnectInfo(peer)).body(()).unwrap();
        place.of(&request).map(|address| address.to_string())
    }

    #[test]
    fn a_header_counts_only_where_it_was_asked_for() {
        let headers = [
            ("x-forwarded-for", "198.51.100.7"),
            ("cloudfront-viewer-address", "203.0.113.9:46532"),
        ];
        let found = |place| found(place, &headers);
        assert_eq!(found(ClientAddress::Peer).unwrap(), "192.0.2.1");
        assert_eq!(found(ClientAddress::XForwardedFor).unwrap(), "198.51.100.7");
        assert_eq!(
            found(ClientAddress::CloudFrontViewerAddress).unwrap(),
            "203.0.113.9"
        );
    }

    #[test]
    fn what_the_visitor_wrote_before_the_proxy_does_not_count() {
        for headers in [
            &[("x-forwarded-for", "10.0.0.1, 198.51.100.7")][..],
            &[
                ("x-forwarded-for", "198.51.100.7, 10.0.0.1"),
                ("x-forwarded-for", " 198.51.100.7 "),
            ],
            &[("x-forwarded-for", "10.0.0.1,198.51.100.7:8080")],
        ] {
            assert_eq!(
                found(ClientAddress::XForwardedFor, headers).unwrap(),
                "198.51.100.7"
            );
        }
    }

    #[test]
    fn ipv6_is_understood_in_every_place() {
        let viewer = [("cloudfront-viewer-address", "2001:db8::7:46532")];
        let forwarded = [("x-forwarded-for", "2001:db8::7")];
        let place = ClientAddress::CloudFrontViewerAddress;
        assert_eq!(found(place, &viewer).unwrap(), "2001:db8::7");
        assert_eq!(
            found(ClientAddress::XForwardedFor, &forwarded).unwrap(),
            "2001:db8::7"
        );
    }

    #[test]
    fn what_is_no_address_is_none() {
        for (place, name, value) in [
            (ClientAddress::XForwardedFor, "x-forwarded-for", "unknown"),
            (ClientAddress::XForwardedFor, "x-forwarded-for", "10.0.0.1,"),
            (
                ClientAddress::CloudFrontViewerAddress,
                "cloudfront-viewer-address",
                "203.0.113.9",
            ),
        ] {
            assert_eq!(found(place, &[(name, value)]), None, "{value}");
            assert_eq!(found(place, &[]), None);
        }
    }
}
