//! The stack, standing: its table, its functions behind their policies, and what starts them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use openslot_domain::host::Host;
use openslot_domain::meeting_type::MeetingType;
use openslot_dynamodb::Table;
use openslot_edge::SystemWorld;
use openslot_local::StandIns;
use openslot_tests::support::engine::Engine;
use openslot_usecases::ports::{Clock, SaveHost, SaveMeetingType, Saved};
use serde_json::{Value, json};

use crate::events::{self, Request, fits};
use crate::function::Function;
use crate::guard::{Book, Services};
use crate::policy::{Call, Entry, Facts, Policy};
use crate::runtime::Outcome;
use crate::stream::Stream;
use crate::template::{ACCOUNT, Deployed, Physical, REGION, Route, Template, texts};

const TABLE: &str = "openslot";
pub const SENDER: &str = "meet@example.org";
pub const SITE: &str = "https://meet.example.org";
/// Batches until nothing is left to hand on; more than any story needs.
const BATCHES_MAX: usize = 100;

/// One deployment. Everything in it ends with this.
pub struct Deployment {
    pub table: Table,
    pub stand_ins: StandIns,
    functions: BTreeMap<String, Deployed>,
    routes: Vec<Route>,
    policies: BTreeMap<String, Policy>,
    running: BTreeMap<String, Function>,
    books: BTreeMap<String, Vec<Book>>,
    log: Vec<String>,
    stream: Stream,
    engine: Engine,
}

/// What remains of a deployment.
pub struct Closed {
    /// What the guards of each function have seen.
    pub books: BTreeMap<String, Vec<Book>>,
    /// Everything that functions logged.
    pub log: Vec<String>,
}

/// What came back through the gateway.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body of an answer with this status.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }
}

/// The time by the machine's clock, which is the functions' too.
pub fn now() -> DateTime<Utc> {
    SystemWorld.now()
}

/// The template of the stack with everything that stands here in its place.
pub fn template() -> Template {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/sam/template.yaml");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let arn = |service: &str, rest: &str| format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}");
    let resource = |kind: &str, name: &str, arn: String| (kind.to_owned(), name.to_owned(), arn);
    let bus = StandIns::BUS;
    let resources = vec![
        resource("AWS::DynamoDB::Table", TABLE, arn("dynamodb", &format!("table/{TABLE}"))),
        resource("AWS::KMS::Key", "openslot-local", StandIns::KEY_ARN.to_owned()),
        resource("AWS::Events::EventBus", bus, arn("events", &format!("event-bus/{bus}"))),
        resource("AWS::SES::ConfigurationSet", StandIns::CONFIGURATION_SET, String::new()),
    ];
    let parameter = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let parameters = vec![
        parameter("SenderAddress", SENDER),
        parameter("SenderName", "Example Team"),
        parameter("DomainName", "meet.example.org"),
    ];
    Template::read(&text, Physical { resources, parameters })
}

impl Deployment {
    /// With these hosts and meeting types; nobody has booked anything.
    pub async fn of(hosts: &[Host], types: &[MeetingType]) -> Self {
        let template = template();
        let (functions, routes) = (template.functions(), template.routes());
        let policy = |(name, deployed): (&String, &Deployed)| (name.clone(), Policy::of_role(&deployed.role));
        let policies = functions.iter().map(policy).collect();
        let engine = Engine::start().await;
        let table = engine.table(TABLE).await;
        for host in hosts {
            assert_eq!(table.save_host(host, None).await.expect("the table is there"), Saved::Done);
        }
        for meeting_type in types {
            let saved = table.save_meeting_type(meeting_type, None).await;
            assert_eq!(saved.expect("the table is there"), Saved::Done);
        }
        let database = engine.database.clone().expect("the embedded engine is at hand");
        let stand_ins =
            StandIns::new(SENDER.parse().expect("this is an address")).expect("memory is at hand");
        Self {
            table,
            stand_ins,
            functions,
            routes,
            policies,
            running: BTreeMap::new(),
            books: BTreeMap::new(),
            log: Vec::new(),
            stream: Stream::from_now_on(database, TABLE),
            engine,
        }
    }

    pub fn policy(&self, name: &str) -> &Policy {
        &self.policies[name]
    }

    /// Takes an entry out of a function's policy, before the function is first used.
    pub fn take_away(&mut self, name: &str, entry: &Entry) {
        assert!(!self.running.contains_key(name), "{name} runs already");
        let less = self.policies[name].without(entry);
        self.policies.insert(name.to_owned(), less);
    }

    /// Changes a variable of a function's environment, before the function is first used.
    pub fn set_variable(&mut self, name: &str, variable: &str, value: Option<&str>) {
        assert!(!self.running.contains_key(name), "{name} runs already");
        let deployed = self.functions.get_mut(name).expect("a function of the stack");
        let variables = deployed.properties["Environment"]["Variables"].as_object_mut();
        let variables = variables.expect("a function has variables");
        match value {
            Some(value) => variables.insert(variable.to_owned(), value.into()),
            None => variables.remove(variable),
        };
    }

    /// A container of this function, the one there is or a first one.
    pub async fn function(&mut self, name: &str) -> &Function {
        if !self.running.contains_key(name) {
            let started = self.started(name).await;
            self.running.insert(name.to_owned(), started);
        }
        &self.running[name]
    }

    async fn started(&self, name: &str) -> Function {
        let deployed = self.functions.get(name).unwrap_or_else(|| panic!("the stack has no {name}"));
        let engine = self.engine.url.trim_start_matches("http://").to_owned();
        let services = Services { engine, others: self.stand_ins.router() };
        let policy = self.policies[name].clone();
        let function = Function::start(name, &deployed.properties, policy, services).await;
        // The service writes what the function logs, with the function's role.
        let group = deployed.properties["LoggingConfig"]["LogGroup"].as_str().expect("a log group is named");
        let stream =
            format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:2026/11/22/[1]abc");
        for action in ["logs:CreateLogStream", "logs:PutLogEvents"] {
            asks(&function, action, &stream);
        }
        function
    }

    /// The next event finds a new container.
    pub fn restart(&mut self, name: &str) {
        if let Some(mut function) = self.running.remove(name) {
            function.lives();
            function.end();
            self.log.extend(function.log());
            let book = function.guard.book().clone();
            self.books.entry(name.to_owned()).or_default().push(book);
        }
    }

    /// Ends every container, each of which has to be there still.
    pub fn closed(mut self) -> Closed {
        let names: Vec<String> = self.running.keys().cloned().collect();
        for name in names {
            self.restart(&name);
        }
        Closed { books: self.books, log: self.log }
    }

    /// Sends a request the way of the template: the gateway answers itself where it has no route, and where a route
    /// wants a login that the request does not have.
    pub async fn send(&mut self, request: Request) -> Reply {
        let leads = |route: &&Route| route.leads_to(request.method, request.path());
        let Some(route) = self.routes.iter().find(leads).cloned() else {
            return by_gateway(404, "Not Found");
        };
        if route.wants_login && request.login.is_none() {
            return by_gateway(401, "Unauthorized");
        }
        let login = request.login.clone().filter(|_| route.wants_login);
        let event = Request { login, ..request }.event(&route.key, &route.scopes, now());
        let answer = self.function(&route.function).await.answer(&event).await;
        reply(&answer)
    }

    /// Hands what was written to the stream on to `deliver-effects`, as the template says, until nothing is left. What
    /// the function could not pay is counted, and not offered again.
    pub async fn stream(&mut self) -> usize {
        let mut unpaid = 0;
        for _ in 0..BATCHES_MAX {
            let records = self.stream.next();
            if records.is_empty() {
                return unpaid;
            }
            unpaid += self.hand_on(&records).await;
        }
        panic!("the stream does not run dry");
    }

    async fn hand_on(&mut self, records: &[dynoxide::actions::get_records::Record]) -> usize {
        let source = self.source("deliver-effects", "DynamoDB");
        let filters = source["FilterCriteria"]["Filters"].as_array().expect("the stream is filtered");
        let pattern = |filter: &Value| filter["Pattern"].as_str().map(serde_json::from_str::<Value>);
        let patterns: Vec<Value> =
            filters.iter().map(|filter| pattern(filter).expect("a pattern").expect("of JSON")).collect();
        let records = records.iter().map(|record| events::record(record, TABLE));
        let chosen: Vec<Value> =
            records.filter(|record| patterns.iter().any(|pattern| fits(pattern, record))).collect();
        let size = source["BatchSize"].as_u64().expect("a batch has a size");
        let function = self.function("deliver-effects").await;
        let arn = format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}/stream/2026-01-01T00:00:00.000");
        for action in ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"] {
            asks(function, &format!("dynamodb:{action}"), &arn);
        }
        let mut unpaid = 0;
        for batch in chosen.chunks(usize::try_from(size).expect("a batch is small")) {
            let answer = function.answer(&events::of_stream(batch)).await;
            unpaid += unpaid_of(&answer, batch);
        }
        unpaid
    }

    /// The schedule calls.
    pub async fn minute(&mut self) -> Value {
        let source = self.source("send-reminders", "Schedule");
        assert_eq!(source["Schedule"], "rate(1 minute)");
        let event = events::of_schedule(now());
        self.function("send-reminders").await.answer(&event).await
    }

    /// Brings what SES told to whom the rule names. How many events there were, and how many the rule chose.
    pub async fn mail_events(&mut self) -> (usize, usize) {
        let told = self.stand_ins.take_events().expect("memory is at hand");
        let mut chosen = 0;
        for event in &told {
            if let Some(outcome) = self.mail_event(event).await {
                assert_eq!(outcome, Outcome::Answered(Value::Null));
                chosen += 1;
            }
        }
        (told.len(), chosen)
    }

    /// What comes of one event of SES; `None` if the rule does not choose it.
    pub async fn mail_event(&mut self, event: &Value) -> Option<Outcome> {
        let rule = self.source("record-mail-events", "EventBridgeRule");
        if !fits(&rule["Pattern"], event) {
            return None;
        }
        Some(self.function("record-mail-events").await.invoke(event).await)
    }

    /// Lambda has given an event up and sets it aside, where the template says.
    pub async fn set_aside(&mut self, name: &str) {
        let properties = &self.functions[name].properties;
        let mut places: BTreeSet<String> = BTreeSet::new();
        let own = &properties["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"];
        places.extend(own.as_str().map(str::to_owned));
        for source in events_of(&self.functions[name], "DynamoDB") {
            let place = &source["DestinationConfig"]["OnFailure"]["Destination"];
            places.extend(place.as_str().map(str::to_owned));
        }
        assert!(!places.is_empty(), "{name} sets nothing aside");
        let function = self.function(name).await;
        for place in &places {
            asks(function, "sqs:SendMessage", place);
        }
    }

    /// The one thing of a kind that starts a function.
    fn source(&self, name: &str, kind: &str) -> Value {
        let mut sources = events_of(&self.functions[name], kind);
        let source = sources.next().unwrap_or_else(|| panic!("{name} is started by no {kind}"));
        source.clone()
    }
}

/// The records that the function names as unpaid have to be of the batch.
fn unpaid_of(answer: &Value, batch: &[Value]) -> usize {
    let failures = answer["batchItemFailures"].as_array().expect("a partial batch response");
    for failure in failures {
        let named = |record: &Value| record["dynamodb"]["SequenceNumber"] == failure["itemIdentifier"];
        assert!(batch.iter().any(named), "{failure} is none of the batch");
    }
    failures.len()
}

fn events_of<'a>(deployed: &'a Deployed, kind: &str) -> impl Iterator<Item = &'a Value> {
    let sources = deployed.properties["Events"].as_object().into_iter().flatten();
    sources.filter(move |(_, source)| source["Type"] == kind).map(|(_, source)| &source["Properties"])
}

fn by_gateway(status: u16, message: &str) -> Reply {
    let body = json!({ "message": message }).to_string();
    Reply { status, headers: BTreeMap::new(), body }
}

/// The service itself uses a function's role.
fn asks(function: &Function, action: &str, resource: &str) {
    let (action, resource) = (action.to_owned(), resource.to_owned());
    function.guard.book().asks(&Call { action, resource, facts: Facts::new() });
}

/// As the gateway reads what a function answers: status, headers in small letters, body.
fn reply(answer: &Value) -> Reply {
    let status = answer["statusCode"].as_u64().and_then(|status| u16::try_from(status).ok());
    assert_eq!(answer["isBase64Encoded"], false, "texts travel as they are");
    let mut headers = BTreeMap::new();
    for part in ["headers", "multiValueHeaders"] {
        for (name, value) in answer[part].as_object().into_iter().flatten() {
            headers.insert(name.to_lowercase(), texts(value).join(","));
        }
    }
    let body = answer["body"].as_str().unwrap_or_default().to_owned();
    Reply { status: status.expect("an answer has a status"), headers, body }
}
