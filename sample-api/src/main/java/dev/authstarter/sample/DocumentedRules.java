package dev.authstarter.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.inventory.HandlerInventory;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Writes into the OpenAPI document what the inventory of handlers knows: nobody has to
 * repeat a rule for it, and what is enforced is what is documented.
 */
final class DocumentedRules implements GlobalOpenApiCustomizer {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	private final HandlerInventory inventory;

	DocumentedRules(HandlerInventory inventory) {
		this.inventory = inventory;
	}

	@Override
	public void customise(OpenAPI document) {
		document.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> describe(path, method, operation)));
	}

	private void describe(String path, HttpMethod method, Operation operation) {
		addVariables(path, operation);
		HandlerDescription handler = find(path, method);
		if (handler == null || handler.open()) {
			return;
		}
		Demands demands = handler.demands();
		operation.setSecurity(requirements(demands));
		operation.setDescription(sentence(handler));
		extend(operation, "x-required-roles", demands.roles());
		extend(operation, "x-required-permissions", demands.permissions());
		ApiResponses responses = operation.getResponses();
		responses.putIfAbsent("401", new ApiResponse().description("No token, or none that is good here."));
		responses.putIfAbsent("403", new ApiResponse().description("A good token that does not suffice."));
		responses.putIfAbsent("503", new ApiResponse().description("The issuer's keys cannot be had."));
	}

	private @Nullable HandlerDescription find(String path, HttpMethod method) {
		return this.inventory.handlers()
			.stream()
			.filter((handler) -> handler.patterns().contains(path)
					&& (handler.methods().isEmpty() || handler.methods().contains(method.name())))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Variables that no argument of the handler asks for, because the guard reads them.
	 */
	private static void addVariables(String path, Operation operation) {
		Matcher variable = VARIABLE.matcher(path);
		while (variable.find()) {
			String name = variable.group(1);
			List<Parameter> parameters = operation.getParameters();
			if (parameters == null || parameters.stream().noneMatch((it) -> name.equals(it.getName()))) {
				operation.addParametersItem(new PathParameter().name(name).schema(new StringSchema()));
			}
		}
	}

	/** Each entry of the list is enough, and of an entry all scopes are needed. */
	private static List<SecurityRequirement> requirements(Demands demands) {
		List<SecurityRequirement> requirements = new ArrayList<>();
		for (List<String> scopes : alternatives(demands.scopes())) {
			requirements.add(new SecurityRequirement().addList(OpenApiConfiguration.OPEN_ID, scopes));
			requirements.add(new SecurityRequirement().addList(OpenApiConfiguration.TOKEN, scopes));
		}
		return requirements;
	}

	static List<List<String>> alternatives(List<List<String>> choices) {
		List<List<String>> alternatives = List.of(List.of());
		for (List<String> choice : choices) {
			List<List<String>> longer = new ArrayList<>();
			for (List<String> begun : alternatives) {
				for (String name : choice) {
					List<String> names = new ArrayList<>(begun);
					names.add(name);
					longer.add(names);
				}
			}
			alternatives = longer;
		}
		return alternatives;
	}

	private static String sentence(HandlerDescription handler) {
		String rule = handler.rule().isEmpty() ? "any valid token" : handler.rule();
		return "Needs %s%s.".formatted(rule,
				handler.organizationScoped() ? ", in the clinic that the token is for" : "");
	}

	private static void extend(Operation operation, String name, List<List<String>> choices) {
		if (!choices.isEmpty()) {
			operation.addExtension(name, choices);
		}
	}

}
