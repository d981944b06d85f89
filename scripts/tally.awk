# Reads the log of scripts/test.sh: prints a table of the groups and, alone on the last line, the sum.
# Fails if anything failed, if a group ran nothing, or if something was skipped under CI.

BEGIN {
  split("unit property contract story program race model conformance architecture site browser deploy template cdk openapi", groups, " ")
  of["slots"] = "property"
  of["audit"] = "property"
  of["fuzz"] = "property"
  of["contracts"] = "contract"
  of["stories"] = "story"
  of["operate"] = "story"
  of["program"] = "program"
  of["races"] = "race"
  of["models"] = "model"
  of["local"] = "program"
  of["conformance"] = "conformance"
  of["architecture"] = "architecture"
  of["site"] = "site"
  of["browser"] = "browser"
  of["deploy"] = "deploy"
  of["cdk"] = "cdk"
  # What they ran is counted one by one.
  holds_tests["tests"] = holds_tests["site-tests"] = holds_tests["deploy-tests"] = 1
  holds_tests["template"] = holds_tests["cdk"] = holds_tests["openapi"] = 1
}

# "Running stories/main.rs (target/debug/deps/stories-0123456789abcdef)"; all targets but the ones above are unit tests.
/^ +Running / {
  name = $NF
  sub(/^.*\//, "", name)
  sub(/-[0-9a-f]+\)$/, "", name)
  group = (name in of) ? of[name] : "unit"
}

/^ +Doc-tests / { group = "unit" }

# What is tested in other languages names its group and says its sum in plain words.
/^GROUP / { group = $2 }

/^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/ { passed[group] += $1; failed[group] += $3; skipped[group] += $5 }

/^SKIPPED:/ { skipped[group]++; passed[group]-- }

/^test result: / { passed[group] += $4; failed[group] += $6; skipped[group] += $8 }

/^CHECK / { verdict[$2] = $3 }

END {
  printf "%-14s %7s %7s %7s\n", "", "passed", "failed", "skipped"
  for (i = 1; i in groups; i++) {
    g = groups[i]
    printf "%-14s %7d %7d %7d\n", g, passed[g], failed[g], skipped[g]
    all_passed += passed[g]
    all_failed += failed[g]
    all_skipped += skipped[g]
    if (passed[g] + failed[g] == 0) { print "no " g " test ran"; broken = 1 }
  }
  # A check counts as a test, so that the sum below never says that all is well when one failed.
  for (name in verdict) {
    if (verdict[name] != "passed") print name " failed"
    if ((name in holds_tests) && (verdict[name] == "passed" || all_failed > 0)) continue
    if (verdict[name] == "passed") all_passed++; else all_failed++
  }
  if (ci != "" && all_skipped > 0) { print "nothing may be skipped here"; broken = 1 }
  printf "%d passed, %d failed, %d skipped\n", all_passed, all_failed, all_skipped
  exit (all_failed > 0 || broken) ? 1 : 0
}
