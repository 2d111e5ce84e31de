"""What the columns of customers' files are called: in English, Spanish and Chinese, and by common CRMs."""

from enum import StrEnum


class Field(StrEnum):
    """A field of a customer that a column can hold, besides free ones."""

    KEY = "key"
    NAME = "name"
    TIER = "tier"
    VALUE = "value"
    REGION = "region"
    ZONE = "zone"
    LANGUAGE = "language"
    RENEWAL = "renewal"
    OWNER = "owner"
    CHANNEL = "channel"
    CRM_URL = "crm_url"
    HELP_DESK_URL = "help_desk_url"


# Folded, without brackets and marks; those that say it best come first.
HEADERS = {
    Field.KEY: (
        "key|id|account id|customer id|customer key|account number|customer number|account no|crm id|"
        "salesforce id|account id 18|record id|company id|external id|client id|clave|codigo|"
        "codigo de cliente|codigo cliente|id de cliente|id cliente|id de cuenta|id de la cuenta|"
        "numero de cliente|numero de cuenta|客戶編號|客戶代號|客戶代碼|帳戶編號|帳戶 id|帳號編號|"
        "客戶 id|編號|代號|代碼"
    ),
    Field.NAME: (
        "name|account name|customer name|company name|customer|account|company|client name|client|"
        "organization name|organisation name|organization|organisation|nombre|nombre de la cuenta|"
        "nombre de cuenta|nombre del cliente|nombre de cliente|nombre cliente|nombre de la empresa|"
        "razon social|cliente|empresa|cuenta|客戶名稱|名稱|公司名稱|帳戶名稱|企業名稱|客戶|公司"
    ),
    Field.TIER: (
        "tier|customer tier|account tier|support tier|plan|nivel|nivel de cliente|categoria|"
        "categoria de cliente|等級|客戶等級|級別|客戶級別|方案"
    ),
    Field.VALUE: (
        "value|yearly value|annual value|arr|annual recurring revenue|acv|annual contract value|valor|"
        "valor anual|importe anual|ingresos anuales recurrentes|ingreso anual recurrente|年度價值|年值|"
        "年度經常性收入|年約金額|年度合約金額|年費"
    ),
    Field.REGION: ("region|sales region|territory|geo|region de ventas|territorio|地區|區域|銷售區域"),
    Field.ZONE: ("zone|time zone|timezone|tz|iana time zone|zona horaria|huso horario|時區"),
    Field.LANGUAGE: (
        "language|preferred language|lang|locale|idioma|idioma preferido|lengua|語言|偏好語言|慣用語言|語系"
    ),
    Field.RENEWAL: (
        "renewal|renewal date|next renewal|next renewal date|contract renewal date|contract end date|"
        "contract end|subscription end date|renovacion|fecha de renovacion|proxima renovacion|"
        "fin de contrato|fecha de fin de contrato|vencimiento|fecha de vencimiento|續約日|續約日期|"
        "下次續約日|合約到期日|到期日|合約結束日"
    ),
    Field.OWNER: (
        "owner|owner email|account owner email|csm email|rep email|csm|customer success manager|"
        "account owner|account manager|rep|company owner|correo del responsable|email del responsable|"
        "responsable|responsable de cuenta|propietario de la cuenta|propietario|ejecutivo de cuenta|"
        "gestor de cuenta|負責人電子郵件|負責人|客戶負責人|客戶經理|帳戶擁有者|帳戶負責人|業務負責人|"
        "客戶成功經理"
    ),
    Field.CHANNEL: (
        "channel|slack channel id|slack channel|slack connect channel|channel id|canal|canal de slack|"
        "id del canal|頻道|slack 頻道|頻道 id"
    ),
    Field.CRM_URL: (
        "crm url|crm link|crm|account url|account link|record url|salesforce url|hubspot url|"
        "url del crm|enlace del crm|enlace crm|crm 連結|crm 網址"
    ),
    Field.HELP_DESK_URL: (
        "help desk url|helpdesk url|help desk link|help desk|support url|zendesk url|intercom url|"
        "freshdesk url|front url|url de la mesa de ayuda|enlace de la mesa de ayuda|mesa de ayuda|"
        "客服系統連結|客服連結|客服系統|客服網址"
    ),
}
