package dev.authstarter.sample.issuer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlPageTests {

	@Test
	void keepsTextText() {
		HtmlPage page = new HtmlPage("<a href=\"{{link}}\">{{link}}</a>");
		assertThat(page.with("link", "\"><script>'&").html())
			.isEqualTo("<a href=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&quot;&gt;&lt;script&gt;&#39;&amp;</a>");
	}

	@Test
	void isFound() {
		assertThat(HtmlPage.of("login.html").html()).contains("{{csrf}}", "{{message}}");
		assertThat(HtmlPage.of("organization.html").html()).contains("{{user}}", "{{clinics}}");
	}

}
