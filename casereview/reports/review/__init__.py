"""The papers of one review: its report, learning brief, board response, chase list and agendas."""
