#!/usr/bin/env bash
# The price of security per HTTP request: the same API without security, with Spring Security
# that permits everything, with Spring Boot's stock resource server, and with this library. Each
# mode is a process of its own; they are loaded in turn, several times, with wrk (Debian:
# apt-get install wrk). Prints one table of ratios to the API without security, each of the same
# round: median, and least to most. Loopback only; ends by itself, after about
# modes × (2 × warm-up + rounds × seconds).
#
#   mvn -q -Pbenchmarks -pl auth-benchmarks -am package -DskipTests
#   auth-benchmarks/load.sh [seconds per run, 6] [rounds, 5] [seconds of warm-up, twice, 10]
#
# JAVA_HOME chooses the Java, JAVA_OPTS are its options, and API_OPTS are arguments of the API, for
# example --monitored or --spring.threads.virtual.enabled=true.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-6} rounds=${2:-5} warm_up=${3:-10}
path=/organizations/org_acme/appointments
work=$(mktemp -d)
pids=()
stop() {
	[ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2> /dev/null || true
	rm -rf "$work"
}
trap stop EXIT

# Name, mode, how many different tokens, further arguments. A cold one verifies every token anew; 10,000 of
# these tokens are more than the cache holds by default.
variants=(
	"open open 1000"
	"permit permit 1000"
	"stock stock 1000"
	"ours ours 1000"
	"ours-cold ours 1000 --auth-starter.cache.enabled=false"
	"ours-10k ours 10000"
	"ours-10k-large ours 10000 --auth-starter.cache.maximum-size=256MB"
)

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
classpath="target/classes:$(cat target/classpath.txt)"
"$java" -cp "$classpath" dev.authstarter.benchmarks.TokenFile "$work" 10000
names=() ports=()
port=${LOAD_PORT:-18080}
for variant in "${variants[@]}"; do
	read -r name mode tokens options <<< "$variant"
	# shellcheck disable=SC2086 # options are words
	"$java" -Xmx512m ${JAVA_OPTS:-} -cp "$classpath" dev.authstarter.benchmarks.BenchmarkedApi --mode="$mode" \
		--keys="$work" --server.port=$port $options ${API_OPTS:-} > "$work/$name.log" 2>&1 &
	pids+=($!)
	names+=("$name")
	ports+=($port)
	cat > "$work/$name.lua" <<-LUA
		local requests, next = {}, 0
		function init(arguments)
			for line in io.lines("$work/tokens") do
				if #requests == $tokens then break end
				requests[#requests + 1] = wrk.format("GET", "$path", { ["Authorization"] = "Bearer " .. line })
			end
		end
		function request()
			next = next % #requests + 1
			return requests[next]
		end
		function done(summary, latency)
			local errors = summary.errors
			io.write(string.format("%d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
				latency:percentile(99), errors.status, errors.connect + errors.read + errors.write + errors.timeout))
		end
	LUA
	port=$((port + 1))
done

status() { # PORT TOKEN
	curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $2" "http://localhost:$1$path" || true
}
wait_for() { # INDEX
	local tries=0
	until curl -s -o /dev/null "http://localhost:${ports[$1]}/"; do
		tries=$((tries + 1))
		if [ $tries -ge 240 ] || ! kill -0 "${pids[$1]}" 2> /dev/null; then
			echo "${names[$1]} does not start:" >&2
			tail -n 20 "$work/${names[$1]}.log" >&2
			exit 1
		fi
		sleep 0.5
	done
}
cpu() { awk '{ print $14 + $15 }' "/proc/$1/stat"; } # in ticks of 10 ms
load() { # INDEX SECONDS
	wrk -t 2 -c 32 -d "${2}s" --timeout 10s -s "$work/${names[$1]}.lua" "http://localhost:${ports[$1]}" | tail -n 1
}

token=$(head -n 1 "$work/tokens")
for i in "${!names[@]}"; do
	wait_for "$i"
	# Verify the modes: a valid token is accepted, an invalid one only if the mode checks no tokens.
	case ${names[$i]} in open | permit) refused=200 ;; *) refused=401 ;; esac
	if [ "$(status "${ports[$i]}" "$token")" != 200 ] || [ "$(status "${ports[$i]}" "${token%?????}AAAAA")" != $refused ]; then
		echo "${names[$i]} does not decide as it should" >&2
		exit 1
	fi
done
for i in "${!names[@]}"; do
	load "$i" "$warm_up" > /dev/null
	load "$i" "$warm_up" > /dev/null
done
for round in $(seq "$rounds"); do
	for i in "${!names[@]}"; do
		before=$(cpu "${pids[$i]}")
		read -r requests duration p50 p99 refused lost <<< "$(load "$i" "$seconds")"
		used=$(($(cpu "${pids[$i]}") - before))
		if [ "$refused" != 0 ]; then
			echo "${names[$i]}: $refused of $requests requests were refused" >&2
			exit 1
		fi
		echo "${names[$i]} $round $requests $duration $p50 $p99 $used $lost"
	done
done > "$work/measured"

echo "$("$java" -version 2>&1 | head -n 1), $rounds rounds of $seconds s"
awk '
	function sort(list,    i, j, swapped) {
		for (i = 2; i <= rounds; i++)
			for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
				swapped = list[j]; list[j] = list[j - 1]; list[j - 1] = swapped
			}
	}
	function median(sorted) { return (sorted[int((rounds + 1) / 2)] + sorted[int(rounds / 2) + 1]) / 2 }
	function ratios(metric, name,    i, list) {
		for (i = 1; i <= rounds; i++) list[i] = value[metric, name, i] / value[metric, "open", i]
		sort(list)
		return sprintf("%.2f (%.2f–%.2f)", median(list), list[1], list[rounds])
	}
	function open(metric,    i, list) {
		for (i = 1; i <= rounds; i++) list[i] = value[metric, "open", i]
		sort(list)
		return median(list)
	}
	{
		if (!($1 in seen)) { seen[$1] = 1; names[++count] = $1 }
		if ($2 > rounds) rounds = $2
		value["rate", $1, $2] = $3 / $4 * 1000000
		value["p50", $1, $2] = $5
		value["p99", $1, $2] = $6
		value["cpu", $1, $2] = $7 * 10000 / $3
		lost[$1] += $8
	}
	END {
		printf "open: %.0f requests/s, %.1f µs of processor time each, p50 %.2f ms, p99 %.2f ms\n\n", open("rate"),
			open("cpu"), open("p50") / 1000, open("p99") / 1000
		print "| mode | processor time | requests/s | p50 | p99 | unanswered |"
		print "| --- | --- | --- | --- | --- | --- |"
		for (i = 1; i <= count; i++)
			printf "| %s | %s | %s | %s | %s | %d |\n", names[i], ratios("cpu", names[i]), ratios("rate", names[i]),
				ratios("p50", names[i]), ratios("p99", names[i]), lost[names[i]]
	}
' "$work/measured"
