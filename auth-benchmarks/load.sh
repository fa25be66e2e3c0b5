#!/usr/bin/env bash
# The price of security per HTTP request: the same API without security, with Spring Security
# that permits everything, with Spring Boot's stock resource server, and with this library.
# Each mode is a process of its own; they are loaded in turn, several times, with wrk
# (Debian: apt-get install wrk). Loopback only; ends by itself.
#
#   mvn -q -Pbenchmarks -pl auth-benchmarks -am package -DskipTests
#   auth-benchmarks/load.sh [seconds per run, 6] [rounds, 3]
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-6} rounds=${2:-3}
modes=(open permit stock ours)
work=$(mktemp -d)
pids=()
stop() { kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT

classpath=$(cat target/classpath.txt)
port=18080
for mode in "${modes[@]}"; do
	"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/classes:$classpath" \
		dev.authstarter.benchmarks.BenchmarkedApi --mode="$mode" --tokens="$work/$mode.tokens" \
		--server.port=$port > "$work/$mode.log" 2>&1 &
	pids+=($!)
	cat > "$work/$mode.lua" <<-LUA
		local tokens = {}
		for line in io.lines("$work/$mode.tokens") do tokens[#tokens + 1] = "Bearer " .. line end
		local next = 0
		request = function()
			next = next % #tokens + 1
			return wrk.format("GET", "/organizations/org_acme/appointments", { ["Authorization"] = tokens[next] })
		end
		done = function(summary) io.write(string.format("%d %d %d\n", summary.requests, summary.errors.status, summary.duration)) end
	LUA
	port=$((port + 1))
done

wait_for() { # PORT
	local tries=0
	until curl -s -o /dev/null "http://localhost:$1/"; do
		tries=$((tries + 1))
		[ $tries -lt 120 ] || { echo "port $1 stays closed" >&2; exit 1; }
		sleep 0.5
	done
}
cpu() { awk '{ print $14 + $15 }' "/proc/$1/stat"; } # in ticks of 10 ms
load() { # INDEX SECONDS
	wrk -t 2 -c 32 -d "$2" -s "$work/${modes[$1]}.lua" "http://localhost:$((18080 + $1))" | tail -n 1
}

for i in "${!modes[@]}"; do wait_for $((18080 + i)); done
for i in "${!modes[@]}"; do load "$i" 10s > /dev/null; load "$i" 10s > /dev/null; done
echo "mode round requests/s cpu-us/request refused"
for round in $(seq "$rounds"); do
	for i in "${!modes[@]}"; do
		before=$(cpu "${pids[$i]}")
		read -r requests refused duration <<< "$(load "$i" "${seconds}s")"
		used=$(($(cpu "${pids[$i]}") - before))
		awk -v m="${modes[$i]}" -v r="$round" -v n="$requests" -v e="$refused" -v d="$duration" -v u="$used" \
			'BEGIN { printf "%s %d %.0f %.1f %d\n", m, r, n / d * 1000000, u * 10000 / n, e }'
	done
done
