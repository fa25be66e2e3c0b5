package dev.authstarter.token;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A request of an unauthenticated client.
 *
 * @param path a path of the test API
 * @param query the query, or {@code null}
 * @param form the body of a form to post, or {@code null} to get
 * @param authorization the values of the {@code Authorization} headers
 */
record FuzzedRequest(String path, @Nullable String query, @Nullable String form, List<String> authorization) {

}
