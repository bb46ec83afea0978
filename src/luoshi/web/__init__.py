"""Pages for people: one page, one file (view, form, urlpatterns), with its templates in templates/<page>/."""
