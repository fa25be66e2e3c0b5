#!/usr/bin/env bash
# Runs one of the measurements, by the name of its class: auth-benchmarks/run.sh BurstRun 35
# JAVA_HOME chooses the Java, JAVA_OPTS are its options. Build first:
#
#   mvn -q -Pbenchmarks -pl auth-benchmarks -am package -DskipTests
set -euo pipefail
target="$(dirname "$0")/target"
class=$1
shift
# shellcheck disable=SC2086 # options are words
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTS:-} -cp "$target/classes:$(cat "$target/classpath.txt")" \
	"dev.authstarter.benchmarks.run.$class" "$@"
