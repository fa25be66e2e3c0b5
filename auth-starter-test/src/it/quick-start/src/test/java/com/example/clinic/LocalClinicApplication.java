package com.example.clinic;

import dev.authstarter.test.issuer.LocalIssuer;

import org.springframework.boot.SpringApplication;

/**
 * The API beside an issuer of its own, for local development.
 */
class LocalClinicApplication {

	public static void main(String[] args) {
		SpringApplication.from(ClinicApplication::main).with(LocalIssuer.class).run(args);
	}

}
