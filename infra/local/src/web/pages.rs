//! What all pages share, and what stands where the site's pages will be.

use axum::response::Response;

use super::html::Html;
use super::replies;

/// `GET /_local/style.css`
pub(super) async fn style() -> Response {
    replies::styled(include_str!("style.css"))
}

/// `GET /manage/`: where the links in letters lead. What a link opens stands behind its `#`, which no browser
/// sends: this page neither sees nor shows it.
pub(super) async fn manage() -> Response {
    let body = "<nav class=\"trail\"><a href=\"/\">openslot on this machine</a></nav>\n\
        <h1>Your booking</h1>\n\
        <p>You opened the manage link of a booking: whoever has this address may see the booking it belongs to.</p>\n\
        <p>This version keeps the link and answers programs that use it. Seeing, moving and cancelling a booking on \
        this page comes with the next version. Your booking stands as the letter says.</p>\n";
    replies::shown("Your booking", &Html::written(body))
}
