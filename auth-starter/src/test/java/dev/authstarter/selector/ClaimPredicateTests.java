package dev.authstarter.selector;

import java.util.Map;
import java.util.Set;

import dev.authstarter.claims.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The results of predicates for a token whose client is {@code spa}.
 */
class ClaimPredicateTests {

	private static final Map<String, Object> HEADER = Json
		.object("{'typ':'JWT','pi.atm':'8dzf','gty':['client_credentials']}");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# there, and not empty
			nonce                   | {'nonce':'n'}                   | true
			nonce                   | {}                              | false
			nonce                   | {'nonce':null}                  | false
			nonce                   | {'nonce':''}                    | false
			nonce                   | {'nonce':[]}                    | false
			nonce                   | {'nonce':{}}                    | false
			nonce                   | {'nonce':false}                 | true
			nonce                   | {'nonce':0}                     | true
			!nonce                  | {'nonce':'n'}                   | false
			!nonce                  | {'nonce':''}                    | true
			kubernetes.io           | {'kubernetes.io':{'n':1}}       | true
			# equal
			typ=Bearer              | {'typ':'Bearer'}                | true
			typ=Bearer              | {'typ':'bearer'}                | false
			typ=Bearer              | {}                              | false
			typ=Bearer              | {'typ':['ID','Bearer']}         | true
			typ=Bearer              | {'typ':{'Bearer':1}}            | false
			typ=Bearer              | {'typ':[['Bearer']]}            | false
			a=true                  | {'a':true}                      | true
			a=7                     | {'a':7}                         | true
			a=7                     | {'a':7.5}                       | false
			a=                      | {'a':''}                        | true
			typ!=ID                 | {'typ':'Bearer'}                | true
			typ!=ID                 | {'typ':'ID'}                    | false
			typ!=ID                 | {}                              | true
			scope=a=b               | {'scope':'a=b'}                 | true
			# like
			sub=mch_*               | {'sub':'mch_1'}                 | true
			sub=mch_*               | {'sub':'user_mch_1'}            | false
			email=*.example         | {'email':'a@b.example'}         | true
			email=*.example         | {'email':'a@b.example.evil'}    | false
			a=x*y*z                 | {'a':'x12y34z'}                 | true
			a=x*y*z                 | {'a':'xz'}                      | false
			a=xx*xx                 | {'a':'xxx'}                     | false
			a=*b*b*                 | {'a':'ab'}                      | false
			a=*                     | {'a':''}                        | true
			a=.*                    | {'a':'anything'}                | false
			# the client
			sub={client-id}         | {'sub':'spa'}                   | true
			sub={client-id}         | {'sub':'spa2'}                  | false
			sub={client-id}@clients | {'sub':'spa@clients'}           | true
			sub={client-id}@clients | {'sub':'spb@clients'}           | false
			# paths
			/a/b                    | {'a':{'b':'x'}}                 | true
			/a/*/b=x                | {'a':[{'b':'y'},{'b':'x'}]}     | true
			/a/*/b=x                | {'a':[{'b':'y'}]}               | false
			/aud/{audience}         | {'aud':['api','x']}             | true
			/aud/{audience}         | {'aud':['x']}                   | false
			# the header
			header:pi.atm           | {}                              | true
			header:gty=client_credentials | {}                        | true
			header:azp              | {'azp':'spa'}                   | false
			!header:azp             | {'azp':'spa'}                   | true
			# all of them
			azp & !nonce            | {'azp':'spa'}                   | true
			azp & !nonce            | {'azp':'spa','nonce':'n'}       | false
			a & b=1 & header:typ=JWT | {'a':1,'b':1}                  | true
			a&b                     | {'a&b':1}                       | true
			""")
	void evaluates(String predicate, String claims, boolean expected) {
		ClaimPredicate parsed = ClaimPredicate.parse(predicate, Set.of("api"));
		assertThat(parsed.matches(HEADER, Json.object(claims), "spa")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "sub={client-id}", "sub={client-id}@clients" })
	void neverMatchesAnUnknownClient(String predicate) {
		ClaimPredicate parsed = ClaimPredicate.parse(predicate, Set.of());
		assertThat(parsed.matches(HEADER, Json.object("{'sub':'@clients'}"), null)).isFalse();
		assertThat(parsed.matches(HEADER, Json.object("{'sub':''}"), null)).isFalse();
		assertThat(parsed.matches(HEADER, Json.object("{'sub':'null'}"), null)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			""               | 1 | a claim's name is expected
			!                | 2 | a claim's name is expected
			=x               | 1 | a claim's name is expected
			header:          | 8 | a claim's name is expected
			"a & "           | 5 | a claim's name is expected
			a &  & b         | 5 | a claim's name is expected
			!a=b             | 1 | '!claim' takes no value, write 'claim!=value'
			a =b             | 1 | a claim's name must not have blanks around it
			a={sub}          | 3 | '{client-id}' is the only placeholder of a value
			a={client-id}*   | 3 | '{client-id}' cannot be combined with '*'
			/a/{org}         | 4 | '{org}' is not allowed here, only {audience}
			""")
	void namesThePositionOfAnError(String predicate, int position, String problem) {
		assertThatExceptionOfType(InvalidSelectorException.class)
			.isThrownBy(() -> ClaimPredicate.parse(predicate, Set.of()))
			.withMessageEndingWith("cannot be read at position %d: %s.".formatted(position, problem));
	}

}
