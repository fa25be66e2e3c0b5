package dev.authstarter.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Adds to springdoc's OpenAPI document the access rules that are enforced for each
 * operation. Declarations of the application are not changed: security schemes and
 * responses of the same names, and security requirements of an operation.
 */
final class AccessDocument implements GlobalOpenApiCustomizer {

	private final DocumentedHandlers handlers;

	private final IssuerSchemes schemes;

	private final RefusalResponses responses;

	private final OrganizationInPath organizations;

	private final boolean hideOtherOrganizations;

	private final boolean organizationElsewhere;

	/**
	 * Create a customizer of the document.
	 * @param handlers finds the handlers of an operation
	 * @param schemes the security schemes of the trusted issuers
	 * @param responses the responses of refused requests
	 * @param organizations the path variables with the id of an organization
	 * @param hideOtherOrganizations whether requests for organizations that the token
	 * does not name are answered with 404
	 * @param organizationElsewhere whether a request may also name its organization
	 * outside the path
	 */
	AccessDocument(DocumentedHandlers handlers, IssuerSchemes schemes, RefusalResponses responses,
			OrganizationInPath organizations, boolean hideOtherOrganizations, boolean organizationElsewhere) {
		this.handlers = handlers;
		this.schemes = schemes;
		this.responses = responses;
		this.organizations = organizations;
		this.hideOtherOrganizations = hideOtherOrganizations;
		this.organizationElsewhere = organizationElsewhere;
	}

	@Override
	public void customise(OpenAPI document) {
		this.schemes.addTo(document);
		if (document.getPaths() != null) {
			document.getPaths().forEach((path, item) -> describe(document, path, item));
		}
	}

	private void describe(OpenAPI document, String path, PathItem item) {
		item.readOperationsMap().forEach((method, operation) -> {
			this.organizations.describe(path, Objects.requireNonNullElse(item.getParameters(), List.of()), operation);
			List<HandlerAccess> accesses = this.handlers.find(path, method.name());
			if (accesses.isEmpty()) {
				return;
			}
			if (operation.getSecurity() == null) {
				operation.setSecurity(security(document, accesses));
			}
			if (!accesses.stream().allMatch(HandlerAccess::open)) {
				describeDemands(accesses, operation);
				this.responses.addTo(document, operation, statuses(path));
			}
		});
	}

	/** Return the security requirements; an empty one allows callers without a token. */
	private List<SecurityRequirement> security(OpenAPI document, List<HandlerAccess> accesses) {
		Set<SecurityRequirement> requirements = new LinkedHashSet<>();
		for (HandlerAccess access : accesses) {
			if (!access.open()) {
				requirements.addAll(this.schemes.requirements(document, Alternatives.of(access.demands().scopes())));
			}
		}
		if (!requirements.isEmpty() && accesses.stream().anyMatch(HandlerAccess::open)) {
			requirements.add(new SecurityRequirement());
		}
		return new ArrayList<>(requirements);
	}

	private static void describeDemands(List<HandlerAccess> accesses, Operation operation) {
		String text = accesses.stream().map(HandlerAccess::toString).distinct().collect(Collectors.joining(" "));
		String demands = (accesses.size() == 1) ? text : "Depending on the request: " + text;
		String description = operation.getDescription();
		if (description == null || description.isBlank()) {
			operation.setDescription(demands);
		}
		else if (!description.endsWith(demands)) {
			operation.setDescription(description + "\n\n" + demands);
		}
		if (accesses.size() == 1) {
			HandlerAccess access = accesses.get(0);
			extend(operation, "x-required-scopes", access.demands().scopes());
			extend(operation, "x-required-roles", access.demands().roles());
			extend(operation, "x-required-permissions", access.demands().permissions());
			extend(operation, "x-required-callers", access.callers());
		}
	}

	private static void extend(Operation operation, String name, List<?> demanded) {
		if (!demanded.isEmpty()) {
			operation.addExtension(name, demanded);
		}
	}

	private List<Integer> statuses(String path) {
		boolean hidden = this.hideOtherOrganizations
				&& (this.organizationElsewhere || this.organizations.isNamedBy(path));
		return hidden ? List.of(400, 401, 403, RefusalResponses.HIDDEN, 503) : List.of(400, 401, 403, 503);
	}

}
