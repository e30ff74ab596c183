import type { StripeCheckoutTaxIdType } from '@stripe/stripe-js'

/** Stripe.js, tax ID types, without those of persons: the page asks businesses. */
const types =
  'ad_nrt ae_trn al_tin am_tin ao_tin ar_cuit au_abn au_arn ba_tin bb_tin bg_uic bh_vat bo_tin br_cnpj bs_tin by_tin ca_bn ca_gst_hst ca_pst_bc ca_pst_mb ca_pst_sk ca_qst cd_nif ch_uid ch_vat cl_tin cn_tin co_nit cr_tin de_stn do_rcn ec_ruc eg_tin es_cif eu_oss_vat eu_vat gb_vat ge_vat gn_nif hk_br hr_oib hu_tin ic_nif id_npwp il_vat in_gst is_vat jp_cn jp_rn jp_trn ke_pin kh_tin kr_brn kz_bin li_uid li_vat lk_vat ma_vat md_vat me_pib mk_vat mr_nif mx_rfc my_frp my_itn my_sst ng_tin no_vat no_voec np_pan nz_gst om_vat pe_ruc ph_tin ro_tin rs_pib ru_inn ru_kpp sa_vat sg_gst sg_uen si_tin sn_ninea sr_fin sv_nit th_vat tj_tin tr_tin tw_vat tz_vat ua_vat ug_tin us_ein uy_ruc uz_tin uz_vat ve_rif vn_tin za_vat zm_tin zw_tin'.split(
    ' ',
  ) as StripeCheckoutTaxIdType[]

const unionMembers = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/**
 * The kinds of tax ID a business in a country has, the usual one first; none where Stripe supports none.
 * @param country ISO 3166-1 alpha-2, upper case
 */
export function taxIdTypes(country: string): StripeCheckoutTaxIdType[] {
  const own = types.filter((type) => type.startsWith(`${country.toLowerCase()}_`))
  if (country === 'ES') own.push('ic_nif')
  return unionMembers.has(country) ? ['eu_vat', ...own] : own
}

/** Whether a country's businesses have a tax ID that Stripe supports. */
export function hasTaxId(country: string | null | undefined): boolean {
  return Boolean(country) && taxIdTypes(country ?? '').length > 0
}

/** What a tax ID is called on forms: `eu_vat` is `EU VAT`. */
export function taxIdName(type: string): string {
  return type.toUpperCase().replaceAll('_', ' ')
}
