package dev.authstarter.servlet;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.servlet.ChainHandlers.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static dev.authstarter.servlet.ChainsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Combinations of filter chains of the application: for each kind of handler and caller
 * the request is permitted or refused as expected, or start-up fails with a correct
 * message.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ChainConstellationsTests {

	/** What follows then is who takes the requests. */
	private static final String FAILS = "fails ";

	private static final String TABLE = """
			constellation        | handler           | no token          | good | lacking                 | user

			NONE                 | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			NONE                 | API_SILENT        | 401 missing_token | 200  | 200                     |
			NONE                 | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch |

			ACTUATOR_ALONE       | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			ACTUATOR_ALONE       | API_SILENT        | 401 missing_token | 200  | 200                     |
			ACTUATOR_ALONE       | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch |

			API_AND_LOGIN        | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  | 403 token_required
			API_AND_LOGIN        | API_SILENT        | 401 missing_token | 200  | 200                     | 200
			API_AND_LOGIN        | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch | 403 token_required
			API_AND_LOGIN        | PAGE_RULE         | fails 'pages' |  |  |
			API_AND_LOGIN        | PAGE_SILENT       | login             | login | login                  | 200
			API_AND_LOGIN        | PAGE_ORGANIZATION | fails 'pages' |  |  |

			ANY_WITH_TOKENS      | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			ANY_WITH_TOKENS      | API_SILENT        | 401 missing_token | 200  | 200                     |
			ANY_WITH_TOKENS      | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch |

			ANY_WITHOUT_TOKENS   | API_RULE          | fails 'everything' |  |  |
			ANY_WITHOUT_TOKENS   | API_SILENT        | login             | login | login                  | 200
			ANY_WITHOUT_TOKENS   | API_ORGANIZATION  | fails 'everything' |  |  |

			ANY_WITH_BOTH        | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  | 403 token_required
			ANY_WITH_BOTH        | API_SILENT        | 401 missing_token | 200  | 200                     | 200
			ANY_WITH_BOTH        | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch | 403 token_required

			ANY_BY_PATTERN       | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			ANY_BY_PATTERN       | API_SILENT        | 401 missing_token | 200  | 200                     |
			ANY_BY_PATTERN       | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch |

			DISJOINT             | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  | 401 missing_token
			DISJOINT             | API_SILENT        | 401 missing_token | 200  | 200                     | 401 missing_token
			DISJOINT             | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch | 401 missing_token
			DISJOINT             | PAGE_RULE         | fails 'pages' |  |  |
			DISJOINT             | PAGE_SILENT       | login             | login | login                  | 200
			DISJOINT             | PAGE_ORGANIZATION | fails 'pages' |  |  |

			IGNORING             | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			IGNORING             | API_SILENT        | 401 missing_token | 200  | 200                     |
			IGNORING             | API_ORGANIZATION  | 401 missing_token | 200  | 403 organization_mismatch |
			IGNORING             | PAGE_RULE         | fails 'web.ignoring() of PathPattern [/pages/**]' |  |  |
			IGNORING             | PAGE_SILENT       | 200               | 200  | 200                     |
			IGNORING             | PAGE_ORGANIZATION | fails 'web.ignoring() of PathPattern [/pages/**]' |  |  |

			FIRST_AND_OPEN       | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			FIRST_AND_OPEN       | API_SILENT        | 401 missing_token | 200  | 200                     |
			FIRST_AND_OPEN       | PAGE_RULE         | 401 missing_token | 200  | 403 insufficient_scope  |
			FIRST_AND_OPEN       | PAGE_SILENT       | 200               | 200  | 200                     |
			FIRST_AND_OPEN       | PAGE_ORGANIZATION | 401 missing_token | 200  | 403 organization_mismatch |

			LAST                 | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  | 401 missing_token
			LAST                 | API_SILENT        | 401 missing_token | 200  | 200                     | 401 missing_token
			LAST                 | PAGE_RULE         | fails 'pages' |  |  |
			LAST                 | PAGE_SILENT       | login             | login | login                  | 200

			AUTHORIZATION_SERVER | API_RULE          | fails 'users' |  |  |
			AUTHORIZATION_SERVER | API_SILENT        | login             | login | login                  | 200
			AUTHORIZATION_SERVER | API_ORGANIZATION  | fails 'users' |  |  |

			BY_HEADER            | API_RULE          | login             | 200  | 403 insufficient_scope  | 403 token_required
			BY_HEADER            | API_SILENT        | login             | 200  | 200                     | 200
			BY_HEADER            | API_ORGANIZATION  | login             | 200  | 403 organization_mismatch | 403 token_required

			BY_METHOD            | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			BY_METHOD            | API_SILENT        | 401 missing_token | 200  | 200                     |

			OWN_TYPE             | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  |
			OWN_TYPE             | API_SILENT        | 401 missing_token | 200  | 200                     |
			OWN_TYPE             | PAGE_RULE         | fails 'pages' |  |  |
			OWN_TYPE             | PAGE_SILENT       | 200               | 200  | 200                     |

			ADDED_BY_CUSTOMIZER  | API_RULE          | 401 missing_token | 200  | 403 insufficient_scope  | 401 missing_token
			ADDED_BY_CUSTOMIZER  | API_SILENT        | 401 missing_token | 200  | 200                     | 401 missing_token
			ADDED_BY_CUSTOMIZER  | PAGE_RULE         | fails 'without a name, for Or [PathPattern [/pages/**], PathPattern [/login]]' |  |  |
			ADDED_BY_CUSTOMIZER  | PAGE_SILENT       | login             | login | login                  | 200

			OWN_FILTER           | API_RULE          | login             | login | login                  | 403 token_required
			OWN_FILTER           | API_SILENT        | login             | login | login                  | 200

			CUSTOMIZED           | PAGE_RULE         | 401 missing_token | 200  | 403 insufficient_scope  |
			CUSTOMIZED           | PAGE_SILENT       | 200               | 200  | 200                     |
			""";

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	/** Of another organization, and without the scope. */
	private final TestToken lacking = this.good.with("scope", "none").with("org_id", "org_globex");

	private final Map<Constellation, ConfigurableApplicationContext> started = new EnumMap<>(Constellation.class);

	@AfterAll
	void stop() {
		this.started.values().forEach(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = TABLE)
	void refusesOrPassesOrDoesNotStart(Constellation constellation, Kind handler, String withoutToken,
			@Nullable String good, @Nullable String lacking, @Nullable String user) {
		if (withoutToken.startsWith(FAILS)) {
			assertThatExceptionOfType(AccessRuleException.class)
				.isThrownBy(() -> start(constellation, List.of(handler.controller())).close())
				.withMessageStartingWith(
						"These handlers require an access token, but no caller can present one: " + name(handler))
				.withMessageEndingWith("is taken by the filter chain %s, which reads no access tokens)."
					.formatted(withoutToken.substring(FAILS.length())));
			return;
		}
		HttpCalls http = http(constellation);
		assertThat(answer(http, http.request(handler.path()))).as("no token").isEqualTo(withoutToken);
		assertThat(answer(http, bearing(http, handler, this.good))).as("good").isEqualTo(good);
		assertThat(answer(http, bearing(http, handler, this.lacking))).as("lacking").isEqualTo(lacking);
		assertThat(constellation.hasLogin()).as("table").isEqualTo(user != null);
		if (user != null) {
			assertThat(answer(http, http.request(handler.path()).header("Cookie", login(http)))).as("user")
				.isEqualTo(user);
		}
	}

	private static String name(Kind handler) {
		return handler.controller().getName() + "#get";
	}

	private HttpCalls http(Constellation constellation) {
		return ChainsApi.http(this.started.computeIfAbsent(constellation, (key) -> start(key, startable(key))));
	}

	/** All others. */
	private static List<Class<?>> startable(Constellation constellation) {
		List<Class<?>> startable = new ArrayList<>();
		for (String line : TABLE.lines().toList()) {
			String[] cells = line.split("\\s*\\|\\s*", -1);
			if (cells[0].equals(constellation.name()) && !cells[2].startsWith(FAILS)) {
				startable.add(Kind.valueOf(cells[1]).controller());
			}
		}
		return startable;
	}

	private static HttpRequest.Builder bearing(HttpCalls http, Kind handler, TestToken token) {
		return http.request(handler.path()).header("Authorization", "Bearer " + token.signed());
	}

	private static String login(HttpCalls http) {
		HttpResponse<String> response = http.send(http.request("/login")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("username=alice&password=alice")));
		return response.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
	}

	/** The status and the reason of a refusal, or that a login page is shown. */
	private static String answer(HttpCalls http, HttpRequest.Builder request) {
		HttpResponse<String> response = http.send(request);
		String location = response.headers().firstValue("Location").orElse("");
		if (response.statusCode() == 302 && location.endsWith("/login")) {
			return "login";
		}
		return (response.statusCode() == 200) ? "200"
				: response.statusCode() + " " + HttpCalls.json(response).get("reason");
	}

}
