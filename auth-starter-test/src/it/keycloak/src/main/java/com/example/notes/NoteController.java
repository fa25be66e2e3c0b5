package com.example.notes;

import java.util.List;

import dev.authstarter.RequiresRole;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NoteController {

	@GetMapping("/notes")
	@RequiresRole("editor")
	List<String> list() {
		return List.of("Order paper");
	}

}
