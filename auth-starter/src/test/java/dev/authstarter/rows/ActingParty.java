package dev.authstarter.rows;

import java.net.http.HttpResponse;
import java.util.List;

import dev.authstarter.Organizations;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.rows.RowApi.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.access.AccessDeniedException;

/**
 * The party that works on rows, and the result if no organization acts.
 */
enum ActingParty {

	/** A thread without a caller. */
	WITHOUT_CALLER("refused") {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			try {
				return api.getBean(Work.class).run(operation);
			}
			catch (RuntimeException ex) {
				return refused(ex);
			}
		}

	},

	/** A job that names its organization. */
	JOB(null) {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) throws Exception {
			return api.getBean(Organizations.class)
				.callAs(type.acme, "nightly report", () -> api.getBean(Work.class).run(operation));
		}

	},

	/** The token names one organization. */
	ONE(null) {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/rows/" + operation, List.of(type.acme));
		}

	},

	/** The token names two organizations, and the path none of them. */
	TWO("400 organization_unspecified") {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/rows/" + operation, List.of(type.acme, type.globex));
		}

	},

	/** The token names two organizations, and the path one of them. */
	ONE_OF_TWO(null) {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/organizations/" + type.acme + "/rows/" + operation, List.of(type.acme, type.globex));
		}

	},

	/** The token names none. */
	NONE("403 organization_missing") {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/rows/" + operation, List.of());
		}

	},

	/** Without a token on a public path. */
	UNAUTHENTICATED("401 missing_token") {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return answer(http(api).get("/public/rows/" + operation));
		}

	},

	/** On Spring Boot's executor. */
	BOOT_EXECUTOR(null) {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/later/boot/" + operation, List.of(type.acme));
		}

	},

	/** On an executor of the application with our decorator. */
	DECORATED_EXECUTOR(null) {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/later/decorated/" + operation, List.of(type.acme));
		}

	},

	/** On an executor of the application that loses the caller. */
	BARE_EXECUTOR("500 caller_lost") {

		@Override
		String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) {
			return get(api, "/later/bare/" + operation, List.of(type.acme));
		}

	};

	private final @Nullable String refusal;

	ActingParty(@Nullable String refusal) {
		this.refusal = refusal;
	}

	/** {@code null} if an organization acts. */
	@Nullable String refusal() {
		return this.refusal;
	}

	abstract String work(ConfigurableApplicationContext api, Identifiers type, RowOperation operation) throws Exception;

	static String get(ConfigurableApplicationContext api, String path, List<String> organizations) {
		return answer(http(api).getWithToken(path,
				TestToken.validAt(TestApi.NOW)
					.with("org_id", (organizations.size() == 1) ? organizations.get(0) : organizations)
					.signed()));
	}

	private static HttpCalls http(ConfigurableApplicationContext api) {
		return new HttpCalls(api.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static String answer(HttpResponse<String> response) {
		return (response.statusCode() == 200) ? response.body()
				: response.statusCode() + " " + HttpCalls.json(response).get("reason");
	}

	private static String refused(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof AccessDeniedException
					&& String.valueOf(cause.getMessage()).startsWith("No organization acts in this session")) {
				return "refused";
			}
		}
		return String.valueOf(thrown);
	}

}
