//! A page to try the API in a browser.

use async_graphql::http::GraphiQLSource;
use axum::response::Html;

/// GraphiQL. The page has no secret in it: put your token into its headers.
pub(super) async fn page() -> Html<String> {
    let page = GraphiQLSource::build()
        .endpoint("/graphql")
        .subscription_endpoint("/graphql/ws")
        .title("Muster API");
    Html(page.finish())
}
