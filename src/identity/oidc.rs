//! Logging in by an identity provider: OpenID Connect, authorization code with PKCE.
//!
//! The provider says who somebody is; what they may do here stands in their account, which an
//! administrator made. Nothing of a log-in under way is kept in the hub: one secret in a cookie of
//! the browser gives `state`, `nonce` and the verifier of PKCE, so that the way back may lead to
//! another node, and only the browser that left comes in.

use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    SignatureVerificationError, TokenResponse as _,
};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::secret::hash_of;
use super::{Identity, NewSession, NotLetIn};
use crate::domain::account::{Account, LinkIdentity, ProviderIdentity};
use crate::domain::session::Way;
use crate::domain::{Id, Principal, Reach};

/// Bytes of an answer of the provider.
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// How long the provider may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long what the provider says of itself and its keys are good for.
const KNOWN_FOR: Duration = Duration::from_secs(60 * 60);
/// How often they are asked for again, at the most, because a key is not known: at once the first
/// time, since a provider that changed its keys would else let nobody in.
const ASKED_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// What an operator tells of an identity provider.
#[derive(Clone, Debug)]
pub struct OidcSettings {
    /// Its address, the claim `iss`.
    pub issuer: Url,
    /// What the hub is called there.
    pub client_id: String,
    /// By what the provider recognizes the hub.
    pub client_secret: String,
    /// The claim that is a login here. An account with that login which is not linked yet is then
    /// linked; without this an administrator links each.
    pub login_claim: Option<LoginClaim>,
}

/// A claim that may be a login (OpenID Connect Core 1.0 section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginClaim {
    /// The address for mail; only when the provider says that it is verified.
    Email,
    /// The user name. The provider has to make sure that nobody takes that of another.
    PreferredUsername,
}

/// An identity provider that people may log in by.
#[derive(Debug)]
pub struct Oidc {
    settings: OidcSettings,
    http: reqwest::Client,
    known: Mutex<Option<Known>>,
}

/// What the provider says of itself.
#[derive(Clone, Debug)]
struct Known {
    metadata: Arc<CoreProviderMetadata>,
    at: Instant,
    /// When it was last asked for because a key was not known.
    for_key: Option<Instant>,
}

/// A log-in by a provider failed.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The hub knows no provider.
    #[error("this hub has no identity provider")]
    None,
    /// The provider does not answer, or what it says cannot be used.
    #[error("the identity provider does not answer as it should: {0}")]
    Provider(String),
    /// The browser that comes back is not the one that left, or took too long.
    #[error("the log-in was not begun in this browser, or took too long; begin again")]
    NotBegunHere,
    /// What the provider vouches for cannot be believed.
    #[error("the identity provider's answer cannot be verified: {0}")]
    NotVerified(String),
    /// The human being is known there and not here.
    #[error("no account of this hub is linked to you; ask an administrator")]
    Unlinked,
    /// The hub does not let them in.
    #[error(transparent)]
    NotLetIn(#[from] NotLetIn),
}

impl Oidc {
    /// Prepares to ask a provider; it is asked when somebody logs in.
    ///
    /// # Errors
    /// Only when there is no TLS.
    pub fn new(settings: OidcSettings) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("muster/", env!("CARGO_PKG_VERSION")))
            .timeout(ANSWER_WITHIN)
            // A redirect would lead the client's secret elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { settings, http, known: Mutex::new(None) })
    }

    /// What the provider says of itself and its keys.
    async fn metadata(&self) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        self.known_or_asked(None, |known| known.at.elapsed() < KNOWN_FOR).await
    }

    /// The same, when it had signed with a key that was not among those known.
    async fn metadata_with_other_keys(&self) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        let lately = |asked: Instant| asked.elapsed() < ASKED_AGAIN_AFTER;
        self.known_or_asked(Some(Instant::now()), |known| known.for_key.is_some_and(lately)).await
    }

    /// What is known, if that will do; else what the provider says now.
    async fn known_or_asked(
        &self,
        for_key: Option<Instant>,
        will_do: impl FnOnce(&Known) -> bool,
    ) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref()
            && will_do(known)
        {
            return Ok(Arc::clone(&known.metadata));
        }
        let metadata = self.discover().await?;
        *known = Some(Known { metadata: Arc::clone(&metadata), at: Instant::now(), for_key });
        Ok(metadata)
    }

    async fn discover(&self) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        // Written without the slash that an address without a path gets, as providers do.
        let issuer = self.settings.issuer.as_str();
        let issuer =
            if self.settings.issuer.path() == "/" { issuer.trim_end_matches('/') } else { issuer };
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(provider)?;
        let http = |request| ask(self.http.clone(), request);
        CoreProviderMetadata::discover_async(issuer, &http).await.map(Arc::new).map_err(provider)
    }
}

impl Identity {
    /// Whether people may log in by an identity provider.
    #[must_use]
    pub const fn has_provider(&self) -> bool {
        self.oidc.is_some()
    }

    /// Where the browser goes to log in, with the secret that it keeps meanwhile.
    ///
    /// # Errors
    /// [`OidcError::Provider`] when the provider cannot be reached.
    pub async fn oidc_start(&self, secret: &str) -> Result<Url, OidcError> {
        let oidc = self.oidc.as_ref().ok_or(OidcError::None)?;
        let metadata = oidc.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            CoreProviderMetadata::clone(&metadata),
            ClientId::new(oidc.settings.client_id.clone()),
            None,
        )
        .set_redirect_uri(self.callback_address());
        let Leaving { state, nonce, verifier } = Leaving::of(secret);
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (url, ..) = client
            .authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url)
    }

    /// Lets in whoever comes back from the provider.
    ///
    /// # Errors
    /// [`OidcError`] says why not.
    pub async fn oidc_callback(
        &self,
        secret: &str,
        state: &str,
        code: String,
        cause: String,
    ) -> Result<NewSession, OidcError> {
        let oidc = self.oidc.as_ref().ok_or(OidcError::None)?;
        let leaving = Leaving::of(secret);
        // Compared by their hashes, so that the time this takes tells nothing.
        if hash_of(state) != hash_of(&leaving.state) {
            return Err(OidcError::NotBegunHere);
        }
        let claims = self.redeem(oidc, leaving, code).await?;
        let identity = ProviderIdentity {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
        };
        let account = match self.linked(&identity) {
            Some(account) => account,
            None => self.link(oidc, &claims, identity, cause.clone()).await?,
        };
        Ok(self.begin(account, Way::Oidc, cause).await?)
    }

    /// Gives the code back to the provider for what it vouches for, and verifies that.
    async fn redeem(
        &self,
        oidc: &Oidc,
        leaving: Leaving,
        code: String,
    ) -> Result<CoreIdTokenClaims, OidcError> {
        let metadata = oidc.metadata().await?;
        let client_of = |metadata: &CoreProviderMetadata| {
            CoreClient::from_provider_metadata(
                metadata.clone(),
                ClientId::new(oidc.settings.client_id.clone()),
                Some(ClientSecret::new(oidc.settings.client_secret.clone())),
            )
            .set_redirect_uri(self.callback_address())
        };
        let client = client_of(&metadata);
        let http = |request| ask(oidc.http.clone(), request);
        let redeemed = client.exchange_code(AuthorizationCode::new(code)).map_err(provider)?;
        let redeemed = redeemed.set_pkce_verifier(leaving.verifier).request_async(&http).await;
        let redeemed = redeemed.map_err(provider)?;
        let missing = || OidcError::NotVerified("there is no ID token".to_owned());
        let token = redeemed.id_token().ok_or_else(missing)?;
        let nonce = Nonce::new(leaving.nonce);
        let verified = match token.claims(&client.id_token_verifier(), &nonce) {
            // The provider has changed its keys since it was asked.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let newer = oidc.metadata_with_other_keys().await?;
                token.claims(&client_of(&newer).id_token_verifier(), &nonce).cloned()
            }
            verified => verified.cloned(),
        };
        verified.map_err(|error| OidcError::NotVerified(error.to_string()))
    }

    fn linked(&self, identity: &ProviderIdentity) -> Option<Id<Account>> {
        self.hub.picture().world.account_by_identity(identity).map(|account| account.id)
    }

    /// Links the account whose login a claim is, where the operator allows it. One that is linked
    /// to somebody else stays so.
    async fn link(
        &self,
        oidc: &Oidc,
        claims: &CoreIdTokenClaims,
        identity: ProviderIdentity,
        cause: String,
    ) -> Result<Id<Account>, OidcError> {
        let claim = oidc.settings.login_claim.ok_or(OidcError::Unlinked)?;
        let login = claim.of(claims).ok_or(OidcError::Unlinked)?;
        let world = Arc::clone(&self.hub.picture().world);
        let account = world.account_by_login(&login).filter(|account| account.identity.is_none());
        let account = account.ok_or(OidcError::Unlinked)?.id;
        let command = LinkIdentity { reach: Reach::Hub, account, identity: Some(identity) };
        let principal = Arc::new(Principal::hub());
        let linked = self.hub.submit(&principal, command, None, cause).await;
        linked.map_err(NotLetIn::from)?;
        Ok(account)
    }

    fn callback_address(&self) -> RedirectUrl {
        RedirectUrl::from_url(self.site.page("oidc/callback"))
    }
}

impl LoginClaim {
    fn of(self, claims: &CoreIdTokenClaims) -> Option<String> {
        match self {
            Self::Email if claims.email_verified() == Some(true) => {
                claims.email().map(|email| email.to_string())
            }
            Self::Email => None,
            Self::PreferredUsername => claims.preferred_username().map(|name| name.to_string()),
        }
    }
}

/// What goes with a browser that leaves for the provider, all from one secret.
struct Leaving {
    state: String,
    nonce: String,
    verifier: PkceCodeVerifier,
}

impl Leaving {
    fn of(secret: &str) -> Self {
        let part = |name: &str| hash_of(&format!("oidc {name}:{secret}")).to_string();
        let verifier = PkceCodeVerifier::new(part("verifier"));
        Self { state: part("state"), nonce: part("nonce"), verifier }
    }
}

/// Asks the provider by the hub's own client for HTTP.
async fn ask(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, AskError> {
    let (head, body) = request.into_parts();
    let url = head.uri.to_string();
    let mut response =
        http.request(head.method, url).headers(head.headers).body(body).send().await?;
    let mut answer = axum::http::Response::new(Vec::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    while let Some(chunk) = response.chunk().await? {
        if answer.body().len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(AskError::TooLarge);
        }
        answer.body_mut().extend_from_slice(&chunk);
    }
    Ok(answer)
}

/// The provider could not be asked.
#[derive(Debug, thiserror::Error)]
enum AskError {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the answer has more than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
}

/// An error with everything behind it; none of it holds a secret of ours.
fn provider(error: impl std::error::Error) -> OidcError {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        message = format!("{message}: {cause}");
        source = cause.source();
    }
    OidcError::Provider(message)
}
