package dev.authstarter.test.attack.endpoint;

/**
 * A part of a request that carries named values.
 */
public enum Place {

	/** A variable of the path. */
	PATH("path variable"),

	/** A parameter of the query. */
	QUERY("query parameter"),

	/** A header. */
	HEADER("header"),

	/** A cookie. */
	COOKIE("cookie"),

	/** A member of a JSON body, at any depth. */
	BODY("body member");

	private final String description;

	Place(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
