package dev.authstarter.attacked.data;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A missing check of the owner of data.
 */
public enum Hole {

	/** A letter is found by its identifier alone. */
	FIND("GET /organizations/{organizationId}/letters/{id}", "its marker 'Grace Hopper'"),

	/** A letter is found by its identifier alone, and encoded before it is sent. */
	FIND_ENCODED("GET /organizations/{organizationId}/letters/{id}", "its marker 'Grace Hopper'"),

	/** The refusal names the owner of the letter. */
	FIND_IN_REFUSAL("GET /organizations/{organizationId}/letters/{id}", "its marker 'Grace Hopper'"),

	/** The letter is found, and then something fails. */
	FIND_AND_FAIL("GET /organizations/{organizationId}/letters/{id}", "404 for identifiers that do not exist"),

	/** The letters of all organizations. */
	LIST("GET /organizations/{organizationId}/letters", "its marker 'Grace Hopper'"),

	/** The letters of all organizations, on later pages. */
	LIST_LATER_PAGE("GET /organizations/{organizationId}/letters", "its marker 'Grace Hopper'"),

	/** An optional filter ignores the organization. */
	LIST_FILTERED("GET /organizations/{organizationId}/letters", "query parameter 'inFolder' ="),

	/** The same, by the member of an object. */
	FILTER_OBJECT("GET /letters/filtered", "query parameter 'keptIn' ="),

	/** The owner of the folder is not compared. */
	SECOND_VARIABLE("GET /organizations/{organizationId}/folders/{folderKey}/letters", "path variable 'folderKey' ="),

	/** The identifier in the query is not compared. */
	QUERY("GET /letters/found", "query parameter 'id' ="),

	/** The identifier in the header is not compared. */
	HEADER("GET /letters/current", "header 'X-Id' ="),

	/** The organization in the query overrides that of the token. */
	QUERY_ORGANIZATION("GET /letters", "query parameter 'tenant'"),

	/** The answer shows only that the letter exists. */
	EXISTS("GET /letters/{id}/state", "identifiers of org_globex are accepted"),

	/** The answer shows the length of a letter. */
	LENGTH("GET /letters/{id}/length", "the answer depends on data of org_globex"),

	/** The letter that is answered is not compared. */
	BODY("POST /letters/replies", "body member 'id' ="),

	/** The letter that is answered is not compared, and shown later. */
	BODY_STORED("POST /letters/replies", "org_acme can read data of org_globex afterwards"),

	/** The owner of the letter is read from the body. */
	BODY_ORGANIZATION("POST /organizations/{organizationId}/letters", "data of org_globex has changed"),

	/** A letter is changed by its identifier alone. */
	UPDATE("PUT /organizations/{organizationId}/letters/{id}", "data of org_globex has changed"),

	/** The identifier in the body overrides that of the path. */
	UPDATE_BY_BODY("PUT /organizations/{organizationId}/letters/{id}", "data of org_globex has changed"),

	/** A letter is deleted by its identifier alone. */
	DELETE("DELETE /organizations/{organizationId}/letters/{id}", "data of org_globex has changed"),

	/** A letter is deleted by its identifier alone, and the answer is a refusal. */
	DELETE_AND_REFUSE("DELETE /organizations/{organizationId}/letters/{id}", "data of org_globex has changed"),

	/** All letters of all organizations are deleted. */
	DELETE_ALL("DELETE /letters", "data of org_globex has changed"),

	/** A request that should read deletes. */
	DELETE_BY_READING("GET /organizations/{organizationId}/letters/{id}", "data of org_globex has changed");

	private static final AtomicReference<@Nullable Hole> OPEN = new AtomicReference<>();

	private final String endpoint;

	private final String message;

	Hole(String endpoint, String message) {
		this.endpoint = endpoint;
		this.message = message;
	}

	/** Set the only hole of the application, or none. */
	public static void open(@Nullable Hole hole) {
		OPEN.set(hole);
	}

	/** Whether a hole is open, and not at this endpoint. */
	public static boolean isElsewhere(String endpoint) {
		Hole open = OPEN.get();
		return open != null && !open.endpoint.equals(endpoint);
	}

	boolean isOpen() {
		return OPEN.get() == this;
	}

	/** Where it is. */
	public String endpoint() {
		return this.endpoint;
	}

	/** The text that a failure contains. */
	public String message() {
		return this.message;
	}

}
