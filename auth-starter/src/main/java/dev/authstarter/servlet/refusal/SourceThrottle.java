package dev.authstarter.servlet.refusal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.authstarter.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Counts refused tokens by the address they come from. A window begins with a source's
 * first; those beyond the limit are told to wait for its end.
 */
public final class SourceThrottle implements RefusalThrottle {

	/** Of more sources than this, those that sent least are forgotten: some 2 MB. */
	static final int MAXIMUM_SOURCES = 10_000;

	/**
	 * With or without brackets and zone. What stands for the address can be no host name,
	 * so that nothing here ever asks a name server.
	 */
	private static final Pattern IPV6 = Pattern.compile("\\[?([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,43})(?:%[^\\]]*)?\\]?");

	private static final int NETWORK_BYTES = 8;

	/** A proxy that is trusted may still pass on what a stranger wrote. */
	private static final int MAXIMUM_LENGTH = 45;

	private final int refusals;

	private final long window;

	private final Clock clock;

	private final Cache<String, Window> windows;

	/**
	 * Throttle so.
	 * @param refusals how many refused tokens of a source are answered with their reason
	 * @param window in which time
	 */
	public SourceThrottle(int refusals, Duration window, Clock clock) {
		this.refusals = refusals;
		this.window = window.toMillis();
		this.clock = clock;
		this.windows = Caffeine.newBuilder()
			.maximumSize(MAXIMUM_SOURCES)
			.expireAfterWrite(window)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
	}

	@Override
	public @Nullable Duration pause(Refusal refusal, HttpServletRequest request) {
		return pause(source(request.getRemoteAddr()));
	}

	private @Nullable Duration pause(String source) {
		long now = this.clock.millis();
		Window current = this.windows.asMap()
			.compute(source, (key, before) -> (before == null || isOver(before, now)) ? new Window(now, 1)
					: new Window(before.start, Math.min(before.refusals, this.refusals) + 1));
		return (current.refusals > this.refusals) ? Duration.ofMillis(current.start + this.window - now) : null;
	}

	/** How many sources are remembered. */
	long sources() {
		this.windows.cleanUp();
		return this.windows.estimatedSize();
	}

	/** Also where the clock was set back: nobody waits longer than a window. */
	private boolean isOver(Window window, long now) {
		return now < window.start || now >= window.start + this.window;
	}

	/**
	 * Of an IPv6 address the first half, which is a network: everybody who has one
	 * address has all of its second half.
	 */
	static String source(@Nullable String address) {
		String text = (address != null) ? address : "";
		Matcher ipv6 = IPV6.matcher(text);
		if (ipv6.matches()) {
			try {
				InetAddress parsed = InetAddress.getByName(ipv6.group(1));
				// An IPv4 address in IPv6's spelling is parsed to what it is.
				return (parsed instanceof Inet6Address)
						? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) : parsed.getHostAddress();
			}
			catch (UnknownHostException ex) {
				// No address, so a name like any other.
			}
		}
		return text.substring(0, Math.min(text.length(), MAXIMUM_LENGTH));
	}

	/**
	 * What a source sent.
	 *
	 * @param start when its first token was refused
	 * @param refusals how many were since, up to one beyond the limit
	 */
	private record Window(long start, int refusals) {

	}

}
