//! What all pages of this program share.

use axum::response::Response;

use super::replies;

/// `GET /_local/style.css`
pub(super) async fn style() -> Response {
    replies::styled(include_str!("style.css"))
}
