# What Redmine shows in the comparison: one project, 1,000 issues of our own, 200 rows on a page, one person who may see them and sign in.
# In: an empty Redmine database. Out: the same each time; a second run finds everything there and changes nothing.

Setting.per_page_options = '25,200'
Setting.login_required = '1'
Setting.notified_events = []      # mails would be written from other threads while the rows are
person = User.find_by_login('bench') || User.new(firstname: 'Bench', lastname: 'Reader', mail: 'bench@example.org', language: 'en')
person.login = 'bench'
person.password = person.password_confirmation = 'bench-password'
person.must_change_passwd = false
person.save!
project = Project.find_by_identifier('bench') ||
          Project.create!(name: 'Bench', identifier: 'bench', tracker_ids: Tracker.ids, enabled_module_names: ['issue_tracking'])
Member.create!(principal: person, project: project, roles: [Role.givable.first]) unless person.member_of?(project)
status, tracker, priority = IssueStatus.where(is_closed: false).first, project.trackers.first, IssuePriority.first || IssuePriority.create!(name: 'Normal', is_default: true)
Issue.transaction do
  (project.issues.count...1000).each do |number|
    Issue.create!(project: project, tracker: tracker, author: person, status: status, priority: priority, subject: "Example issue #{number}",
                  description: 'Invented for a measurement.', start_date: Date.new(2019, 1, 1), due_date: Date.new(2019, 12, 31),
                  assigned_to: person)
  end
end
puts project.issues.open.count
