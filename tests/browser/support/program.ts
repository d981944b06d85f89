import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const binary = join(root, "target/debug/openslot-local");

/** The whole product, running for one worker: its own port, its own folder, its own clock. */
export class Program {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(now: string): Promise<Program> {
    const folder = await mkdtemp(join(tmpdir(), "openslot-browser-"));
    // A copy, so that building the site again meanwhile pulls nothing from under a test.
    const site = join(folder, "site");
    await cp(join(root, "static-site/dist"), site, { recursive: true });
    const options = ["--port", "0", "--data-dir", join(folder, "data"), "--site", site, "--now", now];
    const child = spawn(binary, options, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    try {
      return new Program(await address(child), child, folder);
    } catch (error) {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    await ended(this.child);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The address is the end of the first line it says; a program that cannot start says why instead. */
async function address(child: ChildProcess): Promise<string> {
  let complaint = "";
  child.stderr?.on("data", (text) => {
    complaint += text;
  });
  const failed = once(child, "exit").then(() => undefined);
  const said = await Promise.race([failed, firstLine(child)]);
  const url = said?.match(/http:\/\/\S+$/)?.[0];
  if (!url) throw new Error(`${binary} did not say where it is: ${said ?? ""} ${complaint}`);
  return url;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("it has no voice");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return line;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
