package com.example.clinic;

import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
class AttackTests {

	@TestFactory
	Stream<DynamicNode> everyAttackIsRefused(@Autowired MockMvc mvc) {
		return BearerAttacks.against(mvc).everyEndpoint();
	}

}
