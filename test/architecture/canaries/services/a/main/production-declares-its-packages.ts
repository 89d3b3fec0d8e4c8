import 'prettier';
