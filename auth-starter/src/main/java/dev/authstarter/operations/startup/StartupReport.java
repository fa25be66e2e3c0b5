package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.TrustedIssuers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.util.unit.DataSize;

/**
 * Logs the start-up report in one block: the trusted issuers, the handlers without a
 * rule, and the warnings about configuration that is rarely intended. With such warnings
 * the whole report is logged at WARN.
 */
public final class StartupReport implements ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(StartupReport.class);

	private final TrustedIssuers issuers;

	private final AuthStarterProperties properties;

	private final ClaimReaders providers;

	private final boolean converted;

	private final @Nullable HandlerInventory inventory;

	private final @Nullable ChainReport chains;

	private final DataSize headerLimit;

	/**
	 * Create the report.
	 * @param providers how the tokens of each issuer are read
	 * @param converted whether the application or Spring Boot creates the authorities of
	 * callers
	 * @param inventory the handlers, or {@code null} outside of Spring MVC
	 * @param chains the filter chains, or {@code null} if there is no servlet
	 * @param headerLimit the maximum size of a request's headers in the web server
	 */
	public StartupReport(TrustedIssuers issuers, AuthStarterProperties properties, ClaimReaders providers,
			boolean converted, @Nullable HandlerInventory inventory, @Nullable ChainReport chains,
			DataSize headerLimit) {
		this.converted = converted;
		this.issuers = issuers;
		this.properties = properties;
		this.providers = providers;
		this.inventory = inventory;
		this.chains = chains;
		this.headerLimit = headerLimit;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		// The context of a management server has the same listener and other handlers.
		if (event.getApplicationContext().getParent() != null) {
			return;
		}
		List<String> warnings = new ArrayList<>(ConfigurationLint.findings(this.issuers, this.properties));
		if (this.converted) {
			warnings.add(converted(this.properties.authorities()));
		}
		if (this.chains != null) {
			warnings.addAll(this.chains.warnings());
		}
		if (this.inventory != null) {
			warnings.addAll(this.inventory.warnings());
		}
		event.getApplicationContext()
			.getBeanProvider(Lint.class)
			.orderedStream()
			.forEach((lint) -> warnings.addAll(lint.findings()));
		String report = report(warnings);
		if (warnings.isEmpty()) {
			logger.info(report);
		}
		else {
			logger.warn(report);
		}
	}

	private String report(List<String> warnings) {
		StringJoiner report = new StringJoiner("%n  ".formatted());
		report.add("This API accepts access tokens of");
		for (TrustedIssuer issuer : this.issuers) {
			report.add("issuer '%s': %s, audience %s, provider %s, algorithms %s".formatted(issuer.name(),
					issuer.issuer(), sorted(issuer), provider(issuer), String.join(", ", issuer.algorithms())));
			if (provider(issuer).equals("kubernetes")) {
				cluster(issuer, report);
			}
		}
		if (this.issuers.mayGrow()) {
			report.add("more issuers: those that an IssuerResolver returns at run time");
		}
		report.add("organization: from %s".formatted(this.properties.organization()
			.sources()
			.stream()
			.map((source) -> source.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "))));
		if (this.inventory != null) {
			handlers(this.inventory.handlers(), report);
		}
		if (this.chains != null) {
			this.chains.lines().forEach(report::add);
		}
		DataSize tokenLimit = this.properties.token().maximumLength();
		if (this.chains != null && this.headerLimit.compareTo(tokenLimit) < 0) {
			report.add(("length of tokens: up to %d bytes, but the server answers 400 to requests with more than %d "
					+ "bytes of headers before they reach the filter chain. For longer tokens set "
					+ "'server.max-http-request-header-size'")
				.formatted(tokenLimit.toBytes(), this.headerLimit.toBytes()));
		}
		warnings.forEach((warning) -> report.add("warning: " + warning));
		return report.toString();
	}

	private static String converted(AuthStarterProperties.Authorities authorities) {
		return ("A JwtAuthenticationConverter of the application or of Spring Boot creates the authorities of "
				+ "callers. @RequiresScope, @RequiresRole and @RequiresPermission check the authorities that start "
				+ "with '%s', '%s' and '%s', not the claims of the token.")
			.formatted(authorities.scopePrefix(), authorities.rolePrefix(), authorities.permissionPrefix());
	}

	private static String sorted(TrustedIssuer issuer) {
		return issuer.audiences().stream().sorted().collect(Collectors.joining(", "));
	}

	private String provider(TrustedIssuer issuer) {
		return this.providers.of(issuer).spelling().provider();
	}

	/**
	 * Add a hint for issuers in clusters. The API server of a cluster has a certificate
	 * of the cluster, and serves keys only to accounts of the cluster (Kubernetes
	 * documentation, "Service account issuer discovery"). The issuers of cloud providers
	 * are public.
	 */
	private void cluster(TrustedIssuer issuer, StringJoiner report) {
		AuthStarterProperties.Issuer own = this.properties.issuers().get(issuer.name());
		boolean trust = this.properties.http().sslBundle() != null || (own != null && own.http().sslBundle() != null);
		boolean token = this.properties.keys().bearerTokenFile() != null
				|| (own != null && own.keys().bearerTokenFile() != null);
		if (!trust && !token) {
			String prefix = (own != null) ? "auth-starter.issuers.%s.".formatted(issuer.name()) : "auth-starter.";
			report.add(("if the cluster's API server is the issuer, a pod has the files it needs: "
					+ "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt for an SSL bundle, named by "
					+ "'%shttp.ssl-bundle', and /var/run/secrets/kubernetes.io/serviceaccount/token for "
					+ "'%1$skeys.bearer-token-file'")
				.formatted(prefix));
		}
	}

	private static void handlers(List<HandlerDescription> handlers, StringJoiner report) {
		StringBuilder counts = new StringBuilder("handlers:");
		for (HandlerDescription.Kind kind : HandlerDescription.Kind.values()) {
			long count = handlers.stream().filter((handler) -> handler.kind() == kind).count();
			if (count > 0) {
				counts.append(" %s %d,".formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
			}
		}
		List<HandlerDescription> undeclared = handlers.stream().filter(HandlerDescription::undeclared).toList();
		report.add(counts.append(" scoped to an organization %d, without a rule %d"
			.formatted(handlers.stream().filter(HandlerDescription::organizationScoped).count(), undeclared.size())));
		for (HandlerDescription handler : undeclared) {
			report.add("no rule: " + place(handler) + handler.name());
		}
	}

	private static String place(HandlerDescription handler) {
		if (handler.methods().isEmpty() && handler.patterns().isEmpty()) {
			return handler.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " ";
		}
		return "%s %s ".formatted(handler.methods().isEmpty() ? "ANY" : String.join(",", handler.methods()),
				String.join(",", handler.patterns()));
	}

}
