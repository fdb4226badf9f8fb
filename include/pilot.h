/* libpilot: Nanchang's 2019 pilot of property services for old residential areas, as a library. */
#ifndef PILOT_H
#define PILOT_H

#include "pilot/account.h"
#include "pilot/base.h"
#include "pilot/call.h"
#include "pilot/check.h"
#include "pilot/city.h"
#include "pilot/clause.h"
#include "pilot/code.h"
#include "pilot/duty.h"
#include "pilot/json.h"
#include "pilot/menu.h"
#include "pilot/outside.h"
#include "pilot/order.h"
#include "pilot/panel.h"
#include "pilot/policy.h"
#include "pilot/reward.h"
#include "pilot/rule.h"
#include "pilot/table.h"
#include "pilot/timeline.h"
#include "pilot/vote.h"

#endif
