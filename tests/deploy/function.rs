//! A function as Lambda runs it: the binary out of its zip, in a process of its own, behind the Runtime API.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use openslot_tests::support::moto::variable;
use serde_json::Value;
use tokio::time::{interval, timeout};

use crate::guard::{Guard, Services};
use crate::policy::Policy;
use crate::runtime::{Outcome, Runtime};
use crate::template::REGION;

/// How often one looks whether the process is still there.
const LOOK: Duration = Duration::from_millis(20);

/// A container of a function: it works on one event at a time, and ends with this.
pub struct Function {
    pub name: String,
    pub guard: Guard,
    runtime: Runtime,
    process: Mutex<Child>,
    log: Arc<Mutex<Vec<String>>>,
    readers: Vec<JoinHandle<()>>,
    timeout: Duration,
}

impl Function {
    /// Starts the function of these properties, under this policy.
    pub async fn start(name: &str, properties: &Value, policy: Policy, services: Services) -> Self {
        let secs = properties["Timeout"].as_u64().expect("a function has a timeout");
        let timeout = Duration::from_secs(secs);
        let guard = Guard::start(policy, services).await;
        let runtime = Runtime::start(name, timeout).await;
        let mut command = command(name);
        command.env_clear().envs(environment(name, properties, &runtime.address, &guard.url));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process =
            command.spawn().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let log = Arc::new(Mutex::new(Vec::new()));
        let (out, err) = (process.stdout.take(), process.stderr.take());
        let readers = vec![
            follow(out.expect("the output is piped"), Arc::clone(&log)),
            follow(err.expect("the errors are piped"), Arc::clone(&log)),
        ];
        Self { name: name.to_owned(), guard, runtime, process: Mutex::new(process), log, readers, timeout }
    }

    /// What comes of an event, within the function's timeout and no later.
    pub async fn invoke(&self, event: &Value) -> Outcome {
        let mut outcome = self.runtime.hand_over(event.clone()).await;
        let mut looks = interval(LOOK);
        let ended = async {
            loop {
                tokio::select! {
                    told = &mut outcome => return told.expect("the runtime tells what it hears"),
                    _ = looks.tick() => self.lives(),
                }
            }
        };
        let late = || panic!("{} timed out; its log: {:#?}", self.name, self.log());
        timeout(self.timeout, ended).await.unwrap_or_else(|_| late())
    }

    /// The answer to an event that the function must be able to answer.
    pub async fn answer(&self, event: &Value) -> Value {
        match self.invoke(event).await {
            Outcome::Answered(answer) => answer,
            Outcome::Failed(why) => panic!("{} failed: {why}; its log: {:#?}", self.name, self.log()),
        }
    }

    /// Fails if the process has ended: whatever an event does, the next one finds it there.
    pub fn lives(&self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(status) = process.try_wait().expect("one's own process can be asked") {
            panic!("{} ended, {status}: {:?} {:#?}", self.name, self.runtime.failed_to_start(), self.log());
        }
    }

    /// How the process ended by itself, and what it had said to the service about that.
    pub async fn ended(&self) -> (bool, Option<Value>) {
        let mut looks = interval(LOOK);
        let end = async {
            loop {
                looks.tick().await;
                let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
                let status = process.try_wait().expect("one's own process can be asked");
                let read = self.readers.iter().all(JoinHandle::is_finished);
                if let Some(status) = status.filter(|_| read) {
                    return status.success();
                }
            }
        };
        let success = timeout(self.timeout, end).await.expect("it ends");
        (success, self.runtime.failed_to_start())
    }

    /// Every line it wrote so far.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Function {
    /// Ends the process, as Lambda does with a container that has nothing to do; then the log is whole.
    pub fn end(&mut self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself; either way it is over.
        if process.kill().is_ok() {
            drop(process.wait());
        }
        drop(process);
        for reader in self.readers.drain(..) {
            drop(reader.join());
        }
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        self.end();
    }
}

fn follow(pipe: impl Read + Send + 'static, log: Arc<Mutex<Vec<String>>>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            log.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    })
}

/// The binary, behind whatever runs binaries of its kind on this machine.
fn command(name: &str) -> Command {
    let folder = variable("OPENSLOT_BOOTSTRAPS").expect("make test-deploy says where the binaries are");
    let binary: PathBuf = Path::new(&folder).join(name).join("bootstrap");
    let runner = variable("OPENSLOT_RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let Some(program) = words.next() else {
        return Command::new(binary);
    };
    let mut command = Command::new(program);
    command.args(words).arg(binary);
    command
}

/// Everything that Lambda sets, what the template adds, and where AWS is.
fn environment(name: &str, properties: &Value, runtime: &str, aws: &str) -> Vec<(String, String)> {
    let memory = properties["MemorySize"].to_string();
    let group = format!("/aws/lambda/{name}");
    let own = [
        ("AWS_LAMBDA_RUNTIME_API", runtime),
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &memory),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &group),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[$LATEST]0123456789abcdef"),
        ("AWS_REGION", REGION),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "example"),
        ("AWS_SESSION_TOKEN", "example"),
        ("_HANDLER", "bootstrap"),
        ("LAMBDA_TASK_ROOT", "/var/task"),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
        ("LANG", "en_US.UTF-8"),
        ("TZ", ":UTC"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"),
        ("AWS_ENDPOINT_URL", aws),
    ];
    let mut all: Vec<_> = own.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let given = properties["Environment"]["Variables"].as_object();
    let given = given.into_iter().flatten();
    all.extend(given.map(|(name, value)| (name.clone(), value.as_str().expect("a text").to_owned())));
    all
}
