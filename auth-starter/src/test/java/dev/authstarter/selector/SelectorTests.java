package dev.authstarter.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.claims.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The values that selectors find, and the names that they capture.
 */
class SelectorTests {

	private static final Capture[] ALL = Capture.values();

	private final List<String> found = new ArrayList<>();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			# a literal name is one claim, whatever stands in it
			scope                         | {'scope':'a b'}                                | a b
			https://acme.example/roles    | {'https://acme.example/roles':['x']}           | [x]
			cognito:groups                | {'cognito:groups':['x']}                       | [x]
			realm_access.roles            | {'realm_access':{'roles':['x']}}               |
			realm_access.roles            | {'realm_access.roles':'x'}                     | x
			roles                         | {'roles':null}                                 |
			# a path is RFC 6901
			/realm_access/roles           | {'realm_access':{'roles':['x']}}               | [x]
			/kubernetes.io/namespace      | {'kubernetes.io':{'namespace':'n'}}            | n
			/https:~1~1s.com~1session/r   | {'https://s.com/session':{'r':'x'}}            | x
			/a~0b                         | {'a~b':'x'}                                    | x
			/a~01                         | {'a~1':'x'}                                    | x
			/a/0                          | {'a':['x','y']}                                | x
			/a/2                          | {'a':['x','y']}                                |
			/a/00                         | {'a':['x']}                                    |
			/a/0                          | {'a':{'0':'x'}}                                | x
			/a/b                          | {'a':'b'}                                      |
			/a/b                          | {'a':['b']}                                    |
			# every entry
			/a/*                          | {'a':['x','y']}                                | x,y
			/a/*                          | {'a':{'b':'x','c':'y','d':false,'e':null}}     | b,c
			/a/*/b                        | {'a':[{'b':'x'},{'c':'y'},{'b':'z'},null,1]}   | x,z
			/a/*/b                        | {'a':{'k':{'b':'x'},'l':null,'m':false}}       | x
			/a/*                          | {'a':'x'}                                      |
			""")
	void findsValues(String selector, String claims, String expected) {
		assertThat(find(selector, claims)).isEqualTo((expected != null) ? List.of(expected.split(",", -1)) : List.of());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\"',
			textBlock = """
					# names of members, elements and a text alike
					/o/{org}                         | {'o':{'acme':{},'globex':{'x':1}}}           | acme/null globex/null
					/o/{org}                         | {'o':['acme',7]}                             | acme/null
					/o/{org}                         | {'o':'acme'}                                 | acme/null
					/o/{org}                         | {'o':42}                                     |
					/o/{org}                         | {'o':{'acme':false,'globex':null,'x':true}}  | x/null
					/o/{org}                         | {'o':['',' ','a\\u0000b',null,true,1.5,[],{}]} |
					/o/{org}                         | {'o':true}                                   |
					/o/{org}/roles                   | {'o':{'acme':{'roles':['a']},'globex':{}}}   | acme/null=[a]
					/o/{org}/roles                   | {'o':['acme']}                               |
					# two maps deep
					/r/{role}/{org}                  | {'r':{'admin':{'1':'a.ch','2':'b.ch'}}}      | 1/admin=a.ch 2/admin=b.ch
					/r/{role}/{org}                  | {'r':{'admin':{'1':false}}}                  |
					# parts of a text
					/aud/urn:logto:organization:{org} | {'aud':'urn:logto:organization:acme'}       | acme/null
					/aud/urn:logto:organization:{org} | {'aud':['https://api','urn:logto:organization:acme']} | acme/null
					/aud/urn:logto:organization:{org} | {'aud':'urn:logto:organization:'}           |
					/scope/my-app!t123.{scope}       | {'scope':['openid','my-app!t123.a.b']}       | null/a.b
					/p/{org}:{role}                  | {'p':['acme:admin','malformed',':x','x:']}   | acme/admin
					/p/{org}:{role}                  | {'p':['acme:x:admin']}                       |
					/p/{role}@{org}!                 | {'p':['admin@acme!','admin@acme','a@b@c!']}  | acme/admin
					/g/~1orgs~1{org}~1{role}         | {'g':['/orgs/acme/admin','/staff','/orgs/evil']} | acme/admin
					/p/{org}::{role}                 | {'p':['a::b','a:::b']}                       | a/b
					# an entry's own member
					/o/{org:id}                      | {'o':[{'id':'acme'},{'name':'no id'},'x',null]} | acme/null
					/o/{org:id}/roles                | {'o':[{'id':'acme','roles':['a']},{'id':7,'roles':'b'}]} | acme/null=[a] 7/null=b
					/o/{org:id}                      | {'o':{'k':{'id':'acme'},'l':{'id':['x']}}}   | acme/null
					/o/{org:org~1id}                 | {'o':[{'org/id':'acme'}]}                    | acme/null
					""")
	void bindsCaptures(String selector, String claims, String expected) {
		Selector.parse(List.of(selector), Set.of(), ALL)
			.get(0)
			.find(Json.object(claims), (binding, member, value) -> this.found.add(binding.organization() + "/"
					+ binding.right() + ((value instanceof String || value instanceof List) ? "=" + value : "")));
		assertThat(String.join(" ", this.found)).isEqualTo((expected != null) ? expected : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\"',
			textBlock = """
					/resource_access/{audience}/roles | {'resource_access':{'api':{'roles':['x']},'other':{'roles':['y']}}} | [x]
					/aud/{audience}                   | {'aud':['other','https://api/{x}/*']} | https://api/{x}/*
					/aud/{audience}                   | {'aud':'other'} |
					/urn:{audience}:roles             | {'urn:api:roles':'x'} | x
					/scope/{audience}.*               | {} |
					""")
	void knowsOnlyTheAudiencesOfThisApi(String selector, String claims, String expected) {
		if (selector.endsWith("*")) {
			assertThatExceptionOfType(InvalidSelectorException.class)
				.isThrownBy(() -> Selector.parse(List.of(selector), Set.of("api")));
			return;
		}
		for (Selector parsed : Selector.parse(List.of(selector), List.of("api", "https://api/{x}/*"))) {
			parsed.find(Json.object(claims), (binding, member, value) -> this.found.add(String.valueOf(value)));
		}
		assertThat(this.found).isEqualTo((expected != null) ? List.of(expected) : List.of());
	}

	@Test
	void capturesBehindTheAudience() {
		Selector.parse(List.of("/scope/{audience}.{scope}"), Set.of("my-app!t123"), Capture.SCOPE)
			.get(0)
			.find(Json.object("{'scope':['my-app!t123.read','other.write']}"),
					(binding, member, value) -> this.found.add(String.valueOf(binding.right())));
		assertThat(this.found).containsExactly("read");
	}

	@Test
	void findsNothingForAudienceWhereTheApiHasNone() {
		assertThat(Selector.parse(List.of("/aud/{audience}"), Set.of())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\"',
			textBlock = """
					""                  | 1  | a claim's name or a path is expected
					/                   | 2  | a segment is empty
					/a//b               | 4  | a segment is empty
					/a/                 | 4  | a segment is empty
					/a~b                | 3  | '~' must be followed by 0 (for '~') or 1 (for '/')
					/a/b~               | 5  | '~' must be followed by 0 (for '~') or 1 (for '/')
					/a/{org             | 4  | '{' is not closed
					/a/org}             | 7  | '}' has no matching '{'
					/a/{orgs}           | 4  | '{orgs}' is not allowed here, only {audience}, {org}, {permission}, {role}, {scope}
					/a/{}               | 4  | '{}' is not allowed here, only {audience}, {org}, {permission}, {role}, {scope}
					/a/{org:}           | 9  | the name of a member is expected
					/a/{org}{role}      | 9  | two captures need a text between them
					/a/{org}/{org}      | 10 | '{org}' is repeated
					/a/b*               | 5  | '*' must be a whole segment
					/*/roles            | 2  | a path starts with the name of one claim
					/{role}             | 2  | a path starts with the name of one claim
					/{org:id}           | 2  | a path starts with the name of one claim
					roles/{role}        | 7  | a capture needs a path, which starts with '/'
					""")
	void namesThePositionOfAnError(String selector, int position, String problem) {
		assertThatExceptionOfType(InvalidSelectorException.class)
			.isThrownBy(() -> Selector.parse(List.of(selector), Set.of("api"), ALL))
			.withMessage("'%s' cannot be read at position %d: %s.".formatted(selector, position, problem));
	}

	@Test
	void refusesCaptureThatTheFactCannotUse() {
		assertThatExceptionOfType(InvalidSelectorException.class)
			.isThrownBy(() -> Selector.parse(List.of("/o/{org}/scopes"), Set.of(), Capture.SCOPE))
			.withMessageContaining("'{org}' is not allowed here, only {audience}, {scope}.");
	}

	private List<String> find(String selector, String claims) {
		Map<String, Object> members = Json.object(claims);
		Selector.parse(List.of(selector), Set.of())
			.get(0)
			.find(members, (binding, member, value) -> this.found.add(String.valueOf(value)));
		return this.found;
	}

}
