/**
 * What the storefront's server gives its pages to render. Prices and dates are formatted for the language; all other texts are in
 * `faces/storefront/locales`. Everything here is data of the shop and its customers: nothing is HTML.
 */
export type Language = 'en' | 'de';

/** A page with what surrounds it. */
export interface PageFrame {
  readonly language: Language;
  /** Absolute address of this page. */
  readonly canonical: string;
  /** Whether search engines may list it. */
  readonly isIndexed: boolean;
  /** Path with query, to come back to after a login or a change of the language. */
  readonly path: string;
  /** Root categories. */
  readonly navigation: readonly Link[];
  /** Undefined on pages that all visitors share: these load it. */
  readonly visitor: Visitor | undefined;
  /** For search engines: schema.org objects. */
  readonly structured: readonly object[];
  /** What is searched for, in the search field. */
  readonly query: string;
  readonly page: Page;
}

/** Paths of the files that pages refer to. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  readonly icon: string;
}

/** Returns the HTML of a page; the bundle of the pages exports it. */
export type RenderPage = (frame: PageFrame, assets: Assets) => string;

/** Returns the manifest of the shop as a web application, as JSON. */
export type RenderManifest = (assets: Assets, language: Language) => string;

/** Returns the HTML of what the header says to a visitor. */
export type RenderVisitor = (visitor: Visitor, language: Language) => string;

/** Returns the HTML of the visitor's review of a product, for its page. */
export type RenderOwnReview = (review: OwnReviewView, language: Language) => string;

/** Returns the HTML of a shelf, for a page whose list of recommendations has come. */
export type RenderShelf = (shelf: ShelfView, language: Language) => string;

export interface Visitor {
  /** Undefined for guests. */
  readonly name: string | undefined;
  /** Whether they have logged in at the OIDC provider, and so have no account of the shop. */
  readonly isOfProvider: boolean;
  /** Units in the cart. */
  readonly cartCount: number;
}

export interface Link {
  readonly href: string;
  readonly text: string;
}

export interface PictureView {
  readonly src: string;
  /** Widths of the same picture; undefined if it has one size only. */
  readonly srcset: string | undefined;
  readonly alt: string;
}

export interface RatingView {
  /** 0 to 5. */
  readonly stars: number;
  /** As a text: `4.5`. */
  readonly average: string;
  readonly count: number;
}

export interface PriceView {
  readonly text: string;
  /** Whether other variants cost more. */
  readonly isFrom: boolean;
  /** Before a price list reduced it. */
  readonly regular: string | undefined;
}

export interface ProductCard {
  readonly href: string;
  readonly name: string;
  readonly brand: string;
  readonly picture: PictureView | undefined;
  readonly price: PriceView;
  readonly rating: RatingView | undefined;
  readonly isSoldOut: boolean;
  /** Why it is recommended. */
  readonly because?: Because | undefined;
}

export interface Because {
  /** Of `Reason` in `recommendation.yaml`. */
  readonly code: string;
  /** Of the product that the code refers to. */
  readonly name: string | undefined;
}

/** Products beside what the visitor came for. Not shown without products. */
export interface ShelfView {
  readonly name: 'best_selling' | 'newest' | 'related' | 'similar' | 'for_you' | 'bought_together';
  /** What they have in common with what the visitor looks at: the name of a category or product. */
  readonly reason: string | undefined;
  /** Where there are more of them. */
  readonly href: string | undefined;
  /** At most 12. */
  readonly products: readonly ProductCard[];
  /** The list of recommendations that takes its place once the page has it. */
  readonly list?: ListPlace | undefined;
}

/** A place for a list of recommendations. */
export interface ListPlace {
  readonly list: 'for_you' | 'similar' | 'bought_together';
  /** For reports of what was shown. */
  readonly placement: 'home' | 'product' | 'cart';
  /** What the list is about. */
  readonly productId?: string | undefined;
}

export type Page =
  | HomePage
  | ListingPage
  | CollectionPage
  | ProductPage
  | CartPage
  | CheckoutPage
  | OrderPage
  | OrderAddressPage
  | TrackPage
  | AccountPage
  | LoginPage
  | StepUpPage
  | RegistrationPage
  | PasswordResetPage
  | EmailConfirmationPage
  | ProfilePage
  | ProviderProfilePage
  | AddressesPage
  | AddressPage
  | CardsPage
  | SessionsPage
  | MailsPage
  | PrivacyPage
  | WishListPage
  | OwnReviewsPage
  | ReturnsPage
  | ReviewFormPage
  | QuestionFormPage;

export interface HomePage {
  readonly kind: 'home';
  readonly collections: readonly Link[];
  readonly categories: readonly (Link & {
    readonly picture: PictureView | undefined;
    readonly count: number;
  })[];
  readonly shelves: readonly ShelfView[];
}

/** Products that staff have put together. */
export interface CollectionPage {
  readonly kind: 'collection';
  readonly name: string;
  /** For search engines. */
  readonly title: string;
  readonly description: string;
  /** For search engines. */
  readonly summary: string;
  readonly picture: PictureView | undefined;
  readonly products: readonly ProductCard[];
  readonly nextHref: string | undefined;
  /** Undefined on the first page. */
  readonly firstHref: string | undefined;
}

/** A category, or what was searched for. */
export interface ListingPage {
  readonly kind: 'listing';
  /** Undefined for a search. */
  readonly category:
    { readonly name: string; readonly slug: string; readonly description: string } | undefined;
  readonly query: string;
  /** How the query was read. */
  readonly match: 'exact' | 'corrected' | 'partial';
  readonly breadcrumbs: readonly Link[];
  readonly subcategories: readonly (Link & { readonly count: number })[];
  readonly total: number;
  readonly products: readonly ProductCard[];
  readonly facets: readonly FacetView[];
  readonly chosen: readonly ChosenFilter[];
  /** Limits that the visitor has entered, and the prices of the products. */
  readonly price: {
    readonly min: string;
    readonly max: string;
    readonly lowest: string;
    readonly highest: string;
  };
  readonly isInStockOnly: boolean;
  readonly sort: string;
  readonly sorts: readonly string[];
  readonly nextHref: string | undefined;
  /** Undefined on the first page. */
  readonly firstHref: string | undefined;
}

export interface FacetView {
  /** Of the form field. */
  readonly field: 'brand' | 'attribute' | 'rating';
  /** Undefined where the field says it. */
  readonly name: string | undefined;
  readonly values: readonly {
    readonly value: string;
    readonly text: string;
    readonly count: number;
    readonly isChosen: boolean;
  }[];
}

export interface ChosenFilter {
  readonly field: 'brand' | 'attribute' | 'rating' | 'in_stock' | 'price' | 'q';
  readonly text: string;
  /** The same page without this filter. */
  readonly href: string;
}

export interface ProductPage {
  readonly kind: 'product';
  readonly productId: string;
  readonly variantId: string;
  readonly name: string;
  readonly brand: string;
  readonly brandHref: string;
  readonly description: string;
  readonly breadcrumbs: readonly Link[];
  readonly pictures: readonly PictureView[];
  readonly price: PriceView;
  readonly stock: { readonly state: 'in_stock' | 'low' | 'sold_out' | 'unknown'; readonly units: number };
  readonly options: readonly {
    readonly name: string;
    readonly values: readonly (Link & { readonly isChosen: boolean; readonly isSoldOut: boolean })[];
  }[];
  readonly specifications: readonly { readonly name: string; readonly value: string }[];
  readonly rating: RatingView | undefined;
  /** Share of each number of stars in per cent, five stars first. */
  readonly histogram: readonly { readonly stars: number; readonly count: number; readonly percent: number }[];
  readonly reviews: readonly ReviewView[];
  readonly questions: readonly QuestionView[];
  /** Where to write a review, and to ask a question. */
  readonly reviewHref: string;
  readonly questionHref: string;
  readonly shelves: readonly ShelfView[];
}

export interface ReviewView {
  readonly title: string;
  readonly text: string;
  readonly stars: number;
  readonly author: string;
  readonly date: string;
  readonly isVerified: boolean;
  readonly reply: string | undefined;
  readonly media: readonly ReviewMediaView[];
}

export interface ReviewMediaView {
  /** Of the large picture, or of the video. */
  readonly href: string;
  /** A small picture; undefined for a video. */
  readonly src: string | undefined;
}

export interface QuestionView {
  readonly text: string;
  readonly author: string;
  readonly date: string;
  readonly answers: readonly {
    readonly text: string;
    readonly author: string;
    /** Whether it speaks for the shop. */
    readonly isOfShop: boolean;
  }[];
}

export interface CartPage {
  readonly kind: 'cart';
  readonly notice: string | undefined;
  readonly lines: readonly CartLineView[];
  readonly subtotal: string;
  readonly canCheckOut: boolean;
  readonly shelves: readonly ShelfView[];
}

export interface CartLineView {
  readonly itemId: string;
  readonly href: string;
  readonly name: string;
  readonly picture: PictureView | undefined;
  readonly price: string;
  readonly total: string;
  readonly quantity: number;
  readonly isAvailable: boolean;
}

export interface AddressView {
  readonly addressId: string;
  readonly lines: readonly string[];
}

/** What was entered into a form, to be shown again. */
export type Entered = Readonly<Record<string, string>>;

/** A fault that a form shows: in its field, or above the form. */
export interface FormFault {
  /** Undefined if it is about all of it. */
  readonly field: string | undefined;
  /** A code with a text in `locales`, or the sentence of the shop. */
  readonly message: string;
  /** After how many trying again may help. */
  readonly minutes?: number;
}

export interface AddressFormView {
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
}

export interface CheckoutPage {
  readonly kind: 'checkout';
  readonly notice: string | undefined;
  readonly isGuest: boolean;
  /** Where it goes if no account has the address: what was entered so far. */
  readonly entered: { readonly email: string; readonly lines: readonly string[] } | undefined;
  readonly addresses: readonly AddressView[];
  /** Of the chosen one; undefined while there is none. */
  readonly addressId: string | undefined;
  readonly addressForm: AddressFormView;
  readonly countries: readonly Country[];
  readonly lines: readonly {
    readonly name: string;
    readonly quantity: number;
    readonly total: string;
    /** Units that can still be ordered, if these are fewer. */
    readonly shortOf: number | undefined;
  }[];
  readonly deliveries: readonly {
    readonly optionId: string;
    readonly carrier: string;
    readonly service: string;
    readonly price: string;
    readonly date: string;
  }[];
  /** Why nothing can be ordered to this address. */
  readonly refusal: string | undefined;
  readonly summary: CheckoutSummary | undefined;
}

export interface CheckoutSummary {
  readonly optionId: string;
  readonly subtotal: string;
  readonly delivery: string;
  readonly tax: string;
  readonly pricesIncludeTax: boolean;
  readonly total: string;
  /** What the visitor saw before, if the total has changed since. */
  readonly changedFrom: string | undefined;
  readonly canPlace: boolean;
  /** Undefined until a card was entered at the payment gateway. */
  readonly card: string | undefined;
  readonly needsCard: boolean;
  /** Hidden fields of the form that places the order. */
  readonly order: Entered;
  /** Fields of the form that leads to the payment gateway. */
  readonly toCard: Entered;
}

export interface OrderPage {
  readonly kind: 'order';
  readonly orderId: string;
  readonly number: string;
  readonly notice: string | undefined;
  readonly isNew: boolean;
  /** Whether it is shown without an account. */
  readonly isGuest: boolean;
  readonly canCancel: boolean;
  /** Where to correct the address; undefined if that is not possible. */
  readonly addressHref: string | undefined;
  /** Undefined if nothing can be sent back. */
  readonly returnForm: ReturnForm | undefined;
  /** What was asked back, oldest first. */
  readonly returns: readonly ReturnView[];
  /** The invoice, then the credit notes of refunds. */
  readonly documents: readonly {
    readonly kind: 'invoice' | 'credit_note';
    readonly number: string;
    readonly href: string;
    readonly date: string;
    readonly amount: string;
  }[];
  readonly status: string;
  readonly isFinal: boolean;
  /** Of an order that goes well. */
  readonly steps: readonly { readonly name: string; readonly state: 'done' | 'current' | 'open' }[];
  readonly placedAt: string;
  readonly lines: readonly {
    readonly href: string;
    readonly name: string;
    readonly quantity: number;
    readonly total: string;
    /** Where to review it; undefined before it is delivered, and for guests. */
    readonly reviewHref: string | undefined;
  }[];
  readonly subtotal: string;
  readonly delivery: string;
  readonly tax: string;
  readonly pricesIncludeTax: boolean;
  readonly total: string;
  readonly refunded: string | undefined;
  readonly carrier: string;
  readonly trackingNumber: string | undefined;
  readonly expected: string | undefined;
  readonly card: string | undefined;
  readonly address: readonly string[];
  /** Where the parcel is to go instead, while it is not decided whether it still can; else empty. */
  readonly requestedAddress: readonly string[];
  readonly timeline: readonly { readonly status: string; readonly at: string; readonly detail: string }[];
  /** Entries of the timeline that the page shows. */
  readonly seen: number;
}

/** The form to correct where an order goes. */
export interface OrderAddressPage {
  readonly kind: 'order-address';
  readonly orderId: string;
  readonly number: string;
  /** Of the order as the form shows it. */
  readonly version: number;
  readonly addressForm: AddressFormView;
  readonly countries: readonly Country[];
}

export interface ReturnForm {
  readonly until: string;
  /** Returns that the page shows. */
  readonly seen: number;
  readonly lines: readonly { readonly variantId: string; readonly name: string; readonly most: number }[];
  readonly reasons: readonly ReturnReason[];
}

export type ReturnReason =
  | 'changed_mind'
  | 'wrong_size'
  | 'not_as_described'
  | 'wrong_item'
  | 'damaged'
  | 'faulty'
  | 'arrived_late'
  | 'other';

export type ReturnState =
  | 'requested'
  | 'approved'
  | 'received'
  | 'inspected'
  | 'awaiting_payment'
  | 'refunding'
  | 'exchanging'
  | 'refunded'
  | 'exchanged'
  | 'rejected'
  | 'cancelled';

export interface ReturnView {
  readonly returnId: string;
  readonly orderHref: string;
  /** Undefined once it is too late to call it off. */
  readonly cancelHref: string | undefined;
  /** The label with which to send the goods, while they are to be sent. */
  readonly labelHref: string | undefined;
  /** The order that replaces the goods. */
  readonly exchangeHref: string | undefined;
  /** What goods in exchange cost less. */
  readonly difference: string | undefined;
  readonly offer: ExchangeOffer | undefined;
  readonly number: string;
  readonly state: ReturnState;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  readonly address: readonly string[];
  readonly instructions: string | undefined;
  readonly rejection: string | undefined;
  readonly refund: string | undefined;
  readonly date: string;
}

/** Goods in exchange that cost more. */
export interface ExchangeOffer {
  readonly names: readonly string[];
  readonly due: string;
  readonly until: string;
  /** The last attempt to pay has failed. */
  readonly isRepeated: boolean;
  readonly cardHref: string;
  /** Once a card is entered. */
  readonly payment:
    | {
        readonly href: string;
        readonly card: string;
        readonly fields: Readonly<Record<string, string>>;
      }
    | undefined;
}

export interface ReturnsPage {
  readonly kind: 'returns';
  readonly notice: string | undefined;
  readonly returns: readonly ReturnView[];
  readonly nextHref: string | undefined;
}

/** How far an order is, by its number and the address of its customer. */
export interface TrackPage {
  readonly kind: 'track';
  /** Of the order whose link was followed, if its token is not known. */
  readonly orderId: string | undefined;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
  readonly progress: ProgressView | undefined;
}

export interface ProgressView {
  readonly status: string;
  readonly steps: OrderPage['steps'];
  readonly placedAt: string;
  readonly timeline: readonly { readonly status: string; readonly at: string }[];
  readonly carrier: string | undefined;
  readonly trackingNumber: string | undefined;
  readonly expected: string | undefined;
}

export interface AccountPage {
  readonly kind: 'account';
  readonly notice: string | undefined;
  readonly name: string;
  readonly email: string;
  readonly orders: readonly {
    readonly href: string;
    readonly number: string;
    readonly date: string;
    readonly status: string;
    readonly summary: string;
    readonly total: string;
  }[];
  readonly nextHref: string | undefined;
}

export interface LoginPage {
  readonly kind: 'login';
  readonly notice: string | undefined;
  /** Where a login at the OIDC provider begins, if there is one. */
  readonly providerHref: string | undefined;
  readonly returnTo: string;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
  /** Set if a code is needed as well. */
  readonly challenge: string | undefined;
}

/** A customer who is logged in proves again who they are. */
export interface StepUpPage {
  readonly kind: 'step-up';
  readonly returnTo: string;
  readonly faults: readonly FormFault[];
  /** Set if a code is needed as well. */
  readonly challenge: string | undefined;
}

export interface RegistrationPage {
  readonly kind: 'registration';
  readonly returnTo: string;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

/** A mail is requested, and the token in its link sets a new password. */
export interface PasswordResetPage {
  readonly kind: 'password-reset';
  /** Whether a mail has been requested. */
  readonly isSent: boolean;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

/** The token of a mail proves an e-mail address. */
export interface EmailConfirmationPage {
  readonly kind: 'email-confirmation';
  readonly isConfirmed: boolean;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

/** Forms for name, e-mail address and password. */
export interface ProfilePage {
  readonly kind: 'profile';
  readonly notice: string | undefined;
  readonly email: string;
  readonly isEmailConfirmed: boolean;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

/** What the OIDC provider says of a customer who has logged in there. */
export interface ProviderProfilePage {
  readonly kind: 'provider-profile';
  readonly name: string;
  readonly email: string;
}

export interface AddressesPage {
  readonly kind: 'addresses';
  readonly notice: string | undefined;
  readonly addresses: readonly (AddressView & { readonly isDefault: boolean })[];
  readonly addressForm: AddressFormView;
  readonly countries: readonly Country[];
}

/** The form to change an address. */
export interface AddressPage {
  readonly kind: 'address';
  readonly addressId: string;
  readonly addressForm: AddressFormView;
  readonly countries: readonly Country[];
}

export interface CardsPage {
  readonly kind: 'cards';
  readonly notice: string | undefined;
  readonly cards: readonly {
    readonly cardId: string;
    readonly text: string;
    /** `12/2031` */
    readonly expires: string;
    readonly isDefault: boolean;
  }[];
}

export interface SessionsPage {
  readonly kind: 'sessions';
  readonly notice: string | undefined;
  readonly sessions: readonly {
    readonly sessionId: string;
    /** Empty if it is unknown. */
    readonly device: string;
    readonly lastUsed: string;
    readonly isCurrent: boolean;
  }[];
}

export interface MailsPage {
  readonly kind: 'mails';
  readonly notice: string | undefined;
  /** Of the mails. */
  readonly language: Language;
  readonly kinds: readonly { readonly kind: string; readonly isWanted: boolean }[];
}

/** Forms for the export and the erasure of what is known about the customer. */
export interface PrivacyPage {
  readonly kind: 'privacy';
  readonly notice: string | undefined;
  /** Whether the password is asked for again; the OIDC provider has asked its users. */
  readonly needsPassword: boolean;
}

export interface WishListPage {
  readonly kind: 'wish-list';
  readonly notice: string | undefined;
  readonly wishes: readonly {
    readonly productId: string;
    /** Undefined if it is no longer for sale. */
    readonly product: ProductCard | undefined;
  }[];
  readonly nextHref: string | undefined;
}

export interface OwnReviewsPage {
  readonly kind: 'reviews';
  readonly notice: string | undefined;
  /** Of the product: undefined if it is no longer for sale. */
  readonly reviews: readonly (OwnReviewView & { readonly product: Link | undefined })[];
  readonly nextHref: string | undefined;
}

export interface OwnReviewView {
  readonly stars: number;
  readonly title: string;
  readonly text: string;
  readonly date: string;
  readonly state: 'pending' | 'approved' | 'rejected';
  /** How many pictures and videos it has. */
  readonly media: number;
  /** Where to change it. */
  readonly href: string;
}

/** The form for a new review, or to change one. */
export interface ReviewFormPage {
  readonly kind: 'review-form';
  /** Undefined if it is no longer for sale. */
  readonly product: Link | undefined;
  readonly action: string;
  /** Undefined for a new review. */
  readonly deleteAction: string | undefined;
  /** Hidden fields. */
  readonly hidden: Entered;
  /** Uploaded before: of the review, or by a form that was refused. */
  readonly media: readonly { readonly mediaId: string; readonly src: string | undefined }[];
  /** What a review may show. */
  readonly limits: { readonly media: number; readonly pictureBytes: number };
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

export interface QuestionFormPage {
  readonly kind: 'question-form';
  readonly notice: string | undefined;
  readonly product: Link;
  readonly action: string;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}
