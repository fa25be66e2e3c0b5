package dev.authstarter.openapi;

import java.util.List;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.refusal.Reasons;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

import org.springframework.http.HttpHeaders;

/**
 * Describes the responses to refused requests, as
 * {@link dev.authstarter.refusal.RefusalRenderer} renders them. Each status is one
 * component, which operations reference.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3.1">RFC 9457 section
 * 3.1</a>
 */
final class RefusalResponses {

	static final int HIDDEN = 404;

	private static final String PROBLEM = "Problem";

	/** Used if the application has another schema of that name. */
	private static final String REFUSAL_PROBLEM = "RefusalProblem";

	private static final Map<Integer, String> DESCRIPTIONS = Map.of(400,
			"The credentials are malformed, or the organization of the request is not clear.", 401,
			"There is no access token, or this API does not accept it.", 403,
			"The access token does not grant this request.", HIDDEN, "There is no such resource for this caller.", 503,
			"Access tokens cannot be checked at the moment.");

	private final Reasons reasons;

	private final boolean bodies;

	private final boolean diagnosis;

	/**
	 * Create the descriptions.
	 * @param reasons all reasons of this API
	 * @param bodies whether the bodies are those of this library, without a customizer of
	 * the application
	 * @param diagnosis whether the bodies contain a diagnosis
	 */
	RefusalResponses(Reasons reasons, boolean bodies, boolean diagnosis) {
		this.reasons = reasons;
		this.bodies = bodies;
		this.diagnosis = diagnosis;
	}

	/**
	 * Add responses to an operation for the statuses that the application does not
	 * describe.
	 * @param document the document
	 * @param operation the operation
	 * @param statuses the statuses that may occur
	 */
	void addTo(OpenAPI document, Operation operation, List<Integer> statuses) {
		if (operation.getResponses() == null) {
			operation.setResponses(new ApiResponses());
		}
		Components components = IssuerSchemes.components(document);
		for (int status : statuses) {
			if (!operation.getResponses().containsKey(String.valueOf(status))) {
				String name = "Refusal" + status;
				if (components.getResponses() == null || !components.getResponses().containsKey(name)) {
					components.addResponses(name, response(status, components));
				}
				operation.getResponses()
					.addApiResponse(String.valueOf(status), new ApiResponse().$ref("#/components/responses/" + name));
			}
		}
	}

	private ApiResponse response(int status, Components components) {
		ApiResponse response = new ApiResponse().description(DESCRIPTIONS.get(status));
		if (status == 503) {
			response.addHeaderObject(HttpHeaders.RETRY_AFTER,
					new Header().schema(Schemas.integer("Seconds after which to try again.")));
		}
		else if (status != HIDDEN) {
			response.addHeaderObject(HttpHeaders.WWW_AUTHENTICATE, new Header()
				.schema(Schemas.text("A challenge (RFC 6750), if another token or request could be accepted.")));
		}
		if (this.bodies) {
			Schema<Object> body = new Schema<>();
			body.addAllOfItem(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + problem(components)));
			body.addAllOfItem(withReasons(status));
			response.setContent(new Content().addMediaType(
					org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE, new MediaType().schema(body)));
		}
		return response;
	}

	private Schema<Object> withReasons(int status) {
		Schema<String> reason = Schemas.text("");
		reason.setEnum(this.reasons.all().stream().filter((one) -> one.status() == status).map(Reason::code).toList());
		Schema<Object> schema = Schemas.object("");
		schema.addProperty("reason", reason);
		return schema;
	}

	/** Add the schema that all of them have in common, and return its name. */
	private String problem(Components components) {
		Schema<Object> problem = problem();
		String name = (isFree(PROBLEM, components) || problem.equals(components.getSchemas().get(PROBLEM))) ? PROBLEM
				: REFUSAL_PROBLEM;
		if (isFree(name, components)) {
			components.addSchemas(name, problem);
		}
		return name;
	}

	private static boolean isFree(String name, Components components) {
		return components.getSchemas() == null || !components.getSchemas().containsKey(name);
	}

	private Schema<Object> problem() {
		Schema<Object> problem = Schemas.object("Why a request was refused (RFC 9457).");
		Schema<String> type = Schemas.text("Type of the problem: a prefix followed by the reason, or about:blank.");
		type.setFormat("uri-reference");
		problem.addProperty("type", type);
		problem.addProperty("title", Schemas.text("The reason in words."));
		problem.addProperty("status", Schemas.integer("The status of the response."));
		problem.addProperty("detail", Schemas.text("What is wrong with this request."));
		Schema<String> instance = Schemas.text("This occurrence of the problem.");
		instance.setFormat("uri-reference");
		problem.addProperty("instance", instance);
		problem.addProperty("reason", Schemas.text("Stable code of the reason."));
		problem.addProperty("required", Schemas.texts("What the request required, for example the names of scopes."));
		if (this.diagnosis) {
			problem.addProperty("diagnosis", Schemas.texts("Findings of the checks, only in development."));
		}
		problem.setRequired(List.of("type", "title", "status", "reason"));
		return problem;
	}

}
