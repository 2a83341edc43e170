//! Who holds a connection: told by the headers of its beginning and by its first message.

use std::sync::Arc;

use axum::http::{HeaderMap, Method};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::Principal;
use crate::identity::{Identity, NotRecognized};
use crate::web::auth;
use crate::web::session::cookie;

/// What the headers of the beginning say.
pub(super) struct ByHeaders {
    headers: HeaderMap,
    /// For which organization one acts, by the query string: browsers cannot send headers here.
    organization: Option<String>,
}

/// What the first message says, under the names of the HTTP headers.
#[derive(Default, Deserialize)]
pub(super) struct Init {
    #[serde(alias = "Authorization")]
    authorization: Option<String>,
    #[serde(alias = "Muster-Organization", rename = "muster-organization")]
    organization: Option<String>,
    #[serde(alias = "X-Muster-CSRF", rename = "x-muster-csrf")]
    csrf: Option<String>,
}

impl Init {
    pub(super) fn read(payload: &RawValue) -> Option<Self> {
        serde_json::from_str(payload.get()).ok()
    }
}

impl ByHeaders {
    pub(super) fn new(headers: HeaderMap, query: Option<&str>) -> Self {
        let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let organization = pairs.find(|(name, _)| name == "organization");
        Self { headers, organization: organization.map(|(_, code)| code.into_owned()) }
    }

    /// Who holds the connection. What the first message says goes before the headers.
    pub(super) fn principal(
        &self,
        identity: &Identity,
        said: Init,
    ) -> Result<Arc<Principal>, NotRecognized> {
        let told = said.organization.or_else(|| self.organization.clone());
        let by_header = auth::text(&self.headers, auth::ORGANIZATION);
        let organization = told.as_deref().or(by_header);
        if let Some(value) = &said.authorization {
            return auth::by_authorization(identity, value, organization);
        }
        if self.headers.contains_key(axum::http::header::AUTHORIZATION) {
            let mut headers = self.headers.clone();
            if let Some(code) = organization.and_then(|code| code.parse().ok()) {
                headers.insert(auth::ORGANIZATION, code);
            }
            return auth::by_headers(identity, &Method::GET, &headers);
        }
        let secret = cookie::secret(&self.headers, identity.site());
        let secret = secret.ok_or(NotRecognized::Missing)?;
        // A page of any site can open a connection here, and the browser adds the cookie.
        auth::check_own_page(identity, &self.headers)?;
        let csrf = said.csrf.as_deref().or(auth::text(&self.headers, auth::CSRF));
        auth::check_csrf(secret, csrf)?;
        identity.by_session(secret, organization)
    }
}
