import { readsRightAround } from "../support/clock-change";
import { test } from "../support/fixtures";

test.use({ now: "2026-03-27T08:00:00Z" });

readsRightAround({
  days: ["2026-03-27", "2026-03-30"],
  zones: {
    "America/Los_Angeles": { reads: ["6:00 AM", "6:00 AM"], offset: "UTC-07:00" },
    "Europe/London": { reads: ["13:00", "14:00"], offset: "UTC+01:00" },
    "Asia/Kathmandu": { reads: ["18:45", "18:45"], offset: "UTC+05:45" },
  },
});
