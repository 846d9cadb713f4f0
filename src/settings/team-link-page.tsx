import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, LinkButton } from '../web/ui.tsx'
import { SettingsFrame } from './frame.tsx'
import { texts } from './texts.ts'

/** Members and roles have their own page; here is the way to it. */
export const TeamLinkPage = ({ view, mayManage }: { view: View; mayManage: boolean }) => (
  <SettingsFrame view={view} section="comptes" subjects={[]}>
    <Card id="equipe">
      <p>{texts.team.text}</p>
      {mayManage ? (
        <p class="gestes">
          <LinkButton href={paths.office.team} icon="key">
            {texts.team.link}
          </LinkButton>
        </p>
      ) : (
        <p class="etiq">{texts.team.noRight}</p>
      )}
      <p class="etiq">{texts.team.journal}</p>
    </Card>
  </SettingsFrame>
)
