import './doctor.ts';
import './get-referral.ts';
import './health.ts';
import './poll-referrals.ts';
import './teams-messages.ts';
