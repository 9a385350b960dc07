from django.urls import path

from annotations.views.checks import acts, feed, lists, page

urlpatterns = [
    path("", lists.check_list, name="check_list"),
    path("board/", lists.check_board, name="check_board"),
    path("feed/", feed.check_feed, name="check_feed"),
    path("new/<uuid:uuid>/", acts.new_check, name="new_check"),
    path("<int:pk>/", page.check, name="check"),
    path("<int:pk>/history/", page.check_history, name="check_history"),
    path("<int:pk>/verdict/", page.check_verdict, name="check_verdict"),
    path("<int:pk>/verdict/sign/", acts.sign_verdict, name="sign_verdict"),
    path("<int:pk>/move/", acts.move_check, name="move_check"),
    path("<int:pk>/assign/", acts.assign_check, name="assign_check"),
    path("<int:pk>/wording/", acts.reword_check, name="reword_check"),
    path("<int:pk>/claims/<uuid:uuid>/", acts.add_claim_to_check, name="add_claim_to_check"),
    path("<int:pk>/claims/<uuid:uuid>/remove/", acts.remove_claim_from_check, name="remove_claim_from_check"),
    path("<int:pk>/evidence/", acts.new_evidence, name="new_evidence"),
    path("<int:pk>/evidence/<int:number>/", acts.change_evidence, name="change_evidence"),
    path("<int:pk>/replies/", acts.new_reply, name="new_reply"),
    path("<int:pk>/replies/<int:number>/", acts.answer_reply, name="answer_reply"),
    path("<int:pk>/notices/", acts.new_notice, name="new_notice"),
]
