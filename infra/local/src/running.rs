//! Starting the whole, and stopping it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use chrono::{DateTime, Utc};
use openslot_domain::effects::{GRACE, LEASE};
use openslot_domain::text::Line;
use openslot_dynamodb::{Table, create_table_if_absent};
use openslot_eventbridge::Bus;
use openslot_kms::Kms;
use openslot_letters::Site;
use openslot_ses::Mailer;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::clock::Clock;
use crate::engine::{self, Stream};
use crate::faces::{self, KEY_ARN, LocalKms, LocalSes, OWN_BUS, Services};
use crate::folder::Folder;
use crate::functions::{self, EventFunctions, Ports};
use crate::issuer::Issuer;
use crate::listeners::{self, Front};
use crate::rounds::Rounds;
use crate::state::State;
use crate::web::{self, Desk, HeaderSets};
use crate::world::LocalWorld;
use crate::{Options, StartError, aws, demo, errors};

pub(crate) const TABLE: &str = "openslot";
pub(crate) const CONFIGURATION_SET: &str = "openslot";
/// Remembers that a first start has been.
const STARTED: &str = "started";
/// How long requests under way may take to end.
const PATIENCE: Duration = Duration::from_secs(3);

/// A running program. Dropping it stops it too, less politely.
pub struct Running {
    url: String,
    stopped: watch::Sender<bool>,
    front: JoinSet<()>,
    back: JoinSet<()>,
    _folder: Folder,
}

impl Running {
    /// The address of everything, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Takes no new request, ends those under way, and lets go of the data folder.
    pub async fn stop(mut self) {
        self.stopped.send_replace(true);
        let ended = async { while self.front.join_next().await.is_some() {} };
        if timeout(PATIENCE, ended).await.is_err() {
            tracing::warn!("a request was still under way");
        }
        self.front.shutdown().await;
        // What the requests relied on ends after them.
        self.back.shutdown().await;
    }
}

/// Starts the whole of openslot. Ready for requests when it returns.
///
/// Fails if the port or the data folder cannot be had. Whatever was owed when the last run ended, however it ended,
/// is done before the first request.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let front = Front::bind(options.port).await?;
    let folder = Folder::take(&options.data_dir)?;
    let url = format!("http://localhost:{}", front.port);
    let mut back = JoinSet::new();
    let home = Home::open(&folder, url.clone(), &mut back).await?;
    if options.demo {
        home.welcome().await?;
    }
    home.state.put_setting(STARTED, "1").map_err(|error| folder.state_damaged(&error))?;

    let (stopped, listening) = watch::channel(false);
    let clock = home.clock.clone();
    let (router, rounds) = home.program(options.site);
    rounds.settle().await;
    if let Some(now) = options.now {
        start_at(now, &clock, &rounds).await.map_err(|error| folder.state_damaged(&error))?;
    }
    let mut front_tasks = JoinSet::new();
    for listener in front.listeners {
        front_tasks.spawn(serve(listener, router.clone(), listening.clone()));
    }
    front_tasks.spawn(async move { rounds.go_round(listening).await });
    Ok(Running { url, stopped, front: front_tasks, back, _folder: folder })
}

/// Lets the clock start at `now`. Where that turns it back, whatever a claim of the last run still holds is waited
/// for and done first: by the earlier clock it would not be due for a long time.
async fn start_at(now: DateTime<Utc>, clock: &Clock, rounds: &Rounds) -> rusqlite::Result<()> {
    if now < clock.now() {
        clock.set(clock.now() + LEASE + GRACE)?;
        rounds.settle().await;
    }
    clock.set(now)?;
    rounds.settle().await;
    Ok(())
}

/// Everything that the functions and pages stand on.
pub(crate) struct Home {
    url: String,
    pub(crate) clock: Clock,
    state: Arc<State>,
    pub(crate) table: Table,
    pub(crate) kms: Kms,
    mailer: Mailer,
    bus: Bus,
    site: Site,
    issuer: Issuer,
    stream: Stream,
}

impl Home {
    /// Opens what the folder holds, and starts the engine and the faces on ports of their own.
    pub(crate) async fn open(
        folder: &Folder,
        url: String,
        back: &mut JoinSet<()>,
    ) -> Result<Self, StartError> {
        let key = folder.key(&LocalWorld::default())?;
        let state = Arc::new(State::open(&folder.state()).map_err(|error| folder.state_damaged(&error))?);
        let clock = Clock::open(Arc::clone(&state)).map_err(|error| folder.state_damaged(&error))?;
        let engine = engine::open(&folder.engine()).map_err(|why| folder.engine_damaged(&why))?;

        let client = aws::dynamodb(&serve_engine(engine.clone(), back).await?);
        create_table_if_absent(&client, TABLE)
            .await
            .map_err(|error| folder.engine_damaged(&errors::explained(&error)))?;
        let stream = Stream::from_now_on(engine, TABLE).map_err(|error| folder.engine_damaged(&error))?;

        let site = site(&url);
        let services = Services {
            kms: LocalKms::new(&key),
            ses: LocalSes { sender: site.sender.clone(), configuration_set: CONFIGURATION_SET.to_owned() },
            state: Arc::clone(&state),
            clock: clock.clone(),
        };
        let endpoint = serve_behind(faces::router(services), back).await?;
        let mailer = Mailer::new(aws::ses(&endpoint), Some(CONFIGURATION_SET.to_owned()));
        let bus = Bus::new(aws::eventbridge(&endpoint), OWN_BUS);
        let kms = Kms::new(aws::kms(&endpoint), KEY_ARN);
        let issuer = Issuer::new(&url, clock.world().clone()).map_err(|error| StartError::failed(&error))?;
        let table = Table::new(client, TABLE);
        Ok(Self { url, clock, state, table, kms, mailer, bus, site, issuer, stream })
    }

    /// Sets the demo team up, once in the life of a data folder, and lets it sign in at every start.
    async fn welcome(&self) -> Result<(), StartError> {
        let started = self.state.setting(STARTED).map_err(|error| StartError::failed(&error))?;
        if started.is_none() {
            demo::set_up(&self.table).await.map_err(|error| StartError::failed(&error))?;
        }
        // On another port it is another issuer.
        let appointed = demo::appoint(&self.table, self.issuer.url()).await;
        appointed.map_err(|error| StartError::failed(&error))
    }

    /// What answers requests, and what happens by itself.
    fn program(self, site: PathBuf) -> (Router, Arc<Rounds>) {
        let ports = Ports {
            table: self.table.clone(),
            world: self.clock.world().clone(),
            kms: self.kms,
            mailer: self.mailer,
            bus: self.bus,
            site: self.site,
            issuer: self.issuer.clone(),
        };
        let api = functions::api(&ports);
        let events = EventFunctions::new(ports);
        let rounds = Arc::new(Rounds::new(events, Arc::clone(&self.state), self.clock.clone(), self.stream));
        let desk = Desk {
            base_url: self.url,
            clock: self.clock,
            rounds: Arc::clone(&rounds),
            state: self.state,
            table: self.table,
            issuer: self.issuer,
            site,
            headers: HeaderSets::read(),
        };
        (web::before(api, desk), rounds)
    }
}

fn site(url: &str) -> Site {
    Site {
        base_url: url.to_owned(),
        sender: "bookings@team.example.org".parse().expect("the demo sender is an address"),
        sender_name: Line::new("openslot demo", 80).expect("the demo sender's name is a line"),
    }
}

async fn serve(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let until = async move { drop(stopped.changed().await) };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
        tracing::error!(%error, "serving ended");
    }
}

/// Serves the engine behind everything else; its address.
pub(crate) async fn serve_engine(
    engine: dynoxide::Database,
    back: &mut JoinSet<()>,
) -> Result<String, StartError> {
    let (listener, endpoint) = listeners::behind().await.map_err(|error| StartError::failed(&error))?;
    back.spawn(dynoxide::server::serve_on(listener, engine));
    Ok(endpoint)
}

async fn serve_behind(router: Router, back: &mut JoinSet<()>) -> Result<String, StartError> {
    let (listener, endpoint) = listeners::behind().await.map_err(|error| StartError::failed(&error))?;
    back.spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "serving the local services ended");
        }
    });
    Ok(endpoint)
}
