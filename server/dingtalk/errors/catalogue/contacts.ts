import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** People and departments (dingtalk-server-api §10.6). */
export const contacts: Catalogue = {
  ...same(['33012', '60111', '40003'], {
    kind: 'notFound',
    cause: {
      zh: '钉钉在这家企业里找不到这个 userid：可能填错了，也可能此人已离职、尚未接受邀请，或属于另一家企业。',
      en: 'DingTalk does not find this userid in the company: it may be mistyped, or the person has departed, has not joined yet, or belongs to another company.',
    },
    fix: {
      zh: '如果 userid 是手工填写的，请从成员管理中复制此人的“员工 UserID”；否则确认此人在职，然后重新同步组织。',
      en: 'If the userid was typed, copy the person\'s 员工 UserID from the members; otherwise check that the person is employed, then synchronise the organisation again.',
    },
    where: places.members,
  }),
  ...same(['60121'], {
    kind: 'notFound',
    cause: {
      zh: '这家企业的通讯录里没有这个人：可能已离职、尚未接受邀请，或属于另一家企业。',
      en: 'There is no such person in this company\'s contacts: departed, not yet joined, or a member of another company.',
    },
    fix: {
      zh: '在通讯录中确认此人在职且已加入企业，然后重新同步组织。',
      en: 'Check in the contacts that the person is employed and has joined, then synchronise the organisation again.',
    },
    where: places.members,
  }),
  60120: {
    kind: 'notFound',
    cause: { zh: '这位成员的钉钉账号已被停用。', en: 'This member\'s DingTalk account is disabled.' },
    fix: { zh: '需要恢复时，请在成员管理中启用该账号。', en: 'If it should come back, enable the account among the members.' },
    where: places.members,
  },
  ...same(['60003', '60004', '40009'], {
    kind: 'notFound',
    cause: { zh: '部门不存在，可能刚刚被删除或合并。', en: 'The department does not exist; it may just have been removed or merged.' },
    fix: { zh: '重新同步一次组织架构。', en: 'Synchronise the organisation once more.' },
    where: places.members,
  }),
  60019: {
    kind: 'unavailable',
    cause: { zh: '钉钉没能读出该部门的成员。', en: 'DingTalk failed to list the members of this department.' },
    fix: {
      zh: '稍后重新同步；同步不完整时，系统不会改动任何人员。',
      en: 'Synchronise again later; nobody is changed by an incomplete synchronisation.',
    },
  },
  ...same(['40031', '40032'], {
    kind: 'format',
    cause: { zh: '人员列表里有无效的成员，或数量超出限制。', en: 'The list of people holds an unknown member or is too long.' },
    fix: { zh: '先同步组织架构，再重试；一次最多 100 人。', en: 'Synchronise the organisation, then try again; at most 100 people at once.' },
  }),
  ...same(['40104', '60103', '60104', '40022'], {
    kind: 'format',
    cause: {
      zh: '手机号格式不正确，或与钉钉中已有的手机号冲突。',
      en: 'The mobile number is malformed or conflicts with one that DingTalk already knows.',
    },
    fix: {
      zh: '在成员管理中核对此人的手机号；海外号码的格式为 +区号-号码。',
      en: 'Check the person\'s mobile number among the members; foreign numbers are written +xx-xxxx.',
    },
    where: places.members,
  }),
  40103: {
    kind: 'notFound',
    cause: { zh: '邀请已发出，等待对方接受。', en: 'The invitation was sent and waits for the person to accept it.' },
    fix: { zh: '请对方在钉钉里接受邀请，然后重新同步。', en: 'Ask the person to accept it in DingTalk, then synchronise again.' },
    where: places.members,
  },
  12150: {
    kind: 'config',
    cause: {
      zh: '企业开启了智能人事的职位管理，职位和部门只能在智能人事里修改。',
      en: 'The company manages positions in 智能人事 (Smart HR); title and department can only be changed there.',
    },
    fix: {
      zh: '请人事在「智能人事」中修改，之后会自动同步过来。',
      en: 'Let HR change it in 智能人事; it arrives here with the next synchronisation.',
    },
  },
  corpNotOpenHrm: {
    kind: 'config',
    cause: { zh: '企业没有开通智能人事。', en: 'The company does not use 智能人事 (Smart HR).' },
    fix: {
      zh: '不影响使用：离职信息会改从通讯录读取。需要时可在工作台开通智能人事。',
      en: 'Nothing is lost: departures are read from the contacts instead. Smart HR can be switched on in the workbench.',
    },
  },
  ...same(['33011', '400043'], {
    kind: 'notFound',
    cause: { zh: '角色不存在，或不属于这家企业。', en: 'The role does not exist or does not belong to this company.' },
    fix: { zh: '重新同步一次组织架构，并核对 CorpId。', en: 'Synchronise the organisation again and check the CorpId.' },
    where: places.adminConsole,
  }),
}
