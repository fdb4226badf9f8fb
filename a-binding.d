binding.o: bindings/python/binding.c bindings/python/binding.h \
 include/pilot.h include/pilot/account.h include/pilot/menu.h \
 include/pilot/base.h include/pilot/policy.h include/pilot/clause.h \
 include/pilot/reward.h include/pilot/base.h include/pilot/check.h \
 include/pilot/city.h include/pilot/account.h include/pilot/vote.h \
 include/pilot/city.h include/pilot/clause.h include/pilot/duty.h \
 include/pilot/json.h include/pilot/check.h include/pilot/outside.h \
 include/pilot/duty.h include/pilot/order.h include/pilot/menu.h \
 include/pilot/outside.h include/pilot/order.h include/pilot/panel.h \
 include/pilot/policy.h include/pilot/reward.h include/pilot/timeline.h \
 include/pilot/vote.h
bindings/python/binding.h:
include/pilot.h:
include/pilot/account.h:
include/pilot/menu.h:
include/pilot/base.h:
include/pilot/policy.h:
include/pilot/clause.h:
include/pilot/reward.h:
include/pilot/base.h:
include/pilot/check.h:
include/pilot/city.h:
include/pilot/account.h:
include/pilot/vote.h:
include/pilot/city.h:
include/pilot/clause.h:
include/pilot/duty.h:
include/pilot/json.h:
include/pilot/check.h:
include/pilot/outside.h:
include/pilot/duty.h:
include/pilot/order.h:
include/pilot/menu.h:
include/pilot/outside.h:
include/pilot/order.h:
include/pilot/panel.h:
include/pilot/policy.h:
include/pilot/reward.h:
include/pilot/timeline.h:
include/pilot/vote.h:
