import { App, Stack } from "aws-cdk-lib";
import { OpenSlot } from "../lib/open-slot.js";
import { settingsOf } from "./context.js";

/** A stack with openslot and nothing else. `-c senderAddress=meet@example.org` sets what the construct calls so. */
const app = new App();
const stack = new Stack(app, app.node.tryGetContext("stackName") ?? "openslot");
new OpenSlot(stack, "OpenSlot", settingsOf(app.node));
