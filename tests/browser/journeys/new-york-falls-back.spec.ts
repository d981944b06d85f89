import { readsRightAround } from "../support/clock-change";
import { test } from "../support/fixtures";

test.use({ now: "2026-10-30T08:00:00Z" });

// London went back a week earlier: for these days the two are an hour closer.
readsRightAround({
  days: ["2026-10-30", "2026-11-02"],
  zones: {
    "America/Los_Angeles": { reads: ["6:00 AM", "6:00 AM"], offset: "UTC-08:00" },
    "Europe/London": { reads: ["13:00", "14:00"], offset: "UTC+00:00" },
    "Asia/Kathmandu": { reads: ["18:45", "19:45"], offset: "UTC+05:45" },
  },
});
